"""The stage ledger's entries that billing proves, brought in step with facts and movements. Set-based.

Rule: DESIGN.md, "The stage ledger"; billing/README.md, "Stages".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.billing.book import Book, BookedFact, BookedSubscription, Id
from tenure.billing.domain.item_values import State
from tenure.billing.domain.progress import CHURNED, EXPANDED, LOST, WON, Proof, Reached, Run, end_of, loss_of, stages_of
from tenure.billing.enums import MovementKind
from tenure.billing.models import SubscriptionItem
from tenure.billing.movement_ledger import MovementKey
from tenure.directory.actions.open_turns import NewTurn, open_turns
from tenure.directory.actions.settle_stages import settle_stages
from tenure.directory.enums import TurnKind
from tenure.directory.queries.turns import find_turns
from tenure.directory.stage_ledger import StageFact
from tenure.kernel.anchor import Anchor

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tenure.workspace.context import Context

PROOF_KIND = "subscription_item"


class _Customer:
    """One account: its subscriptions by the turn of the opportunity they came of, why each ended, and its expansions in order of time."""

    def __init__(self) -> None:
        self.purchases: dict[UUID | None, list[Run]] = defaultdict(list)
        self.reasons: dict[Any, str] = {}
        self.expansions: list[Proof] = []

    def stages(self, purchases: Sequence[Run], now: datetime, *, is_first: bool, has_deal: bool) -> list[Reached]:
        """What one purchase has reached; the first one carries the account's expansions, and all of them its end.

        A trial that nobody paid for is lost, unless a deal goes on with the same trip: then the deal says.
        """
        reached = list(stages_of(purchases, now))
        won = next((one for one in reached if one.stage == WON), None)
        if won is None:
            lost = None if has_deal else loss_of(purchases, now)
            return [*reached, Reached(LOST, lost.at, lost.item, self.reasons.get(lost.item, ""))] if lost else reached
        expanded = next((proof for proof in self.expansions if won.at < proof.at <= now), None)
        if is_first and expanded is not None:
            reached.append(Reached(EXPANDED, *expanded))
        ended = end_of([run for runs in self.purchases.values() for run in runs], now)
        if ended is not None:
            reached.append(Reached(CHURNED, ended.at, ended.item, self.reasons.get(ended.item, "")))
        return reached


def settle_account_stages(ctx: Context, book: Book, movements: Iterable[MovementKey], now: datetime) -> None:
    """Let the ledger's entries proved by the items of the book's accounts be what facts and movements say now.

    movements: of the book's billing parents, each parent's in order of time.
    """
    customers = _customers(book, ctx.workspace.tz)
    for movement in movements:
        if movement.kind == MovementKind.EXPANSION and movement.account in customers:
            customers[movement.account].expansions.append(Proof(movement.effective_at, movement.item))
    by_turn = _by_turn(ctx, customers, now)
    facts = [
        StageFact(turn, one.stage, one.at, one.reason, PROOF_KIND, UUID(str(one.item)))
        for turn, entries in by_turn.items()
        for one in entries
    ]
    proofs = set(SubscriptionItem.everything.filter(account_id__in=list(book.accounts)).values_list("pk", flat=True))
    if proofs:
        settle_stages(ctx, proofs, facts)


def _customers(book: Book, zone: ZoneInfo) -> dict[Id, _Customer]:
    customers: dict[Id, _Customer] = defaultdict(_Customer)
    facts = book.facts_by_subscription()
    for one in sorted(book.subscriptions, key=lambda one: one.id):
        run = _run(one, facts.get(one.id, []), zone)
        customer = customers[one.account]
        customer.purchases[one.turn].append(run)
        customer.reasons[run.last_item or (run.trial.item if run.trial else None)] = one.end_reason
    return customers


def _run(one: BookedSubscription, facts: Sequence[BookedFact], zone: ZoneInfo) -> Run:
    """What a subscription says; its facts are in order of time."""
    trial = next((fact.value for fact in facts if fact.value.state is State.TRIAL), None)
    paid = [fact.value for fact in facts if fact.is_customer]
    last = next((value for value in paid if value.valid.end is None), None) or max(
        paid, key=lambda value: value.valid.end or value.valid.start, default=None
    )
    return Run(
        trial=Proof(trial.valid.start, trial.item) if trial else None,
        trial_until=trial.valid.end if trial else None,
        signed=_told(one.signed_on, one.id, zone),
        live=_told(one.live_on, one.id, zone),
        adopting=_told(one.adopting_on, one.id, zone),
        paid=Proof(paid[0].valid.start, paid[0].item) if paid else None,
        until=last.valid.end if last else None,
        last_item=last.item if last else None,
        first_term_ends_at=Anchor(paid[0].valid.start, one.term, zone=zone).boundary(1) if paid else None,
    )


def _by_turn(ctx: Context, customers: dict[Id, _Customer], now: datetime) -> dict[UUID, list[Reached]]:
    """What each turn has reached. A purchase that came of no opportunity belongs to its account's first turn."""
    known = find_turns(ctx, column="account_id", ids=[UUID(account) for account in customers])
    first = {str(account): found[0].pk for account, found in known.items()}
    deals = {turn.pk for found in known.values() for turn in found if turn.opportunity_id is not None}
    first |= _open(
        ctx,
        {account: one.purchases[None] for account, one in customers.items() if None in one.purchases and account not in first},
    )
    reached: dict[UUID, list[Reached]] = {}
    for account, customer in customers.items():
        turns: dict[UUID, list[Run]] = defaultdict(list)
        for turn, runs in customer.purchases.items():
            place = turn or first.get(account)
            if place is not None:
                turns[place] += runs
        for place, runs in turns.items():
            reached[place] = customer.stages(
                runs, now, is_first=len(turns) == 1 or place == first.get(account), has_deal=place in deals
            )
    return reached


def _open(ctx: Context, missing: dict[Id, list[Run]]) -> dict[Id, UUID]:
    """A turn for each account that buys without having been a lead or a deal."""
    began = {account: _began(runs) for account, runs in missing.items()}
    turns = [
        NewTurn(f"account:{account}", at, TurnKind.FIRST_PURCHASE, account_id=UUID(account))
        for account, at in began.items()
        if at is not None
    ]
    opened = open_turns(ctx, turns)
    return {key.partition(":")[2]: turn for key, turn in opened.items()}


def _began(runs: Sequence[Run]) -> datetime | None:
    return min((proof.at for run in runs for proof in (run.trial, run.signed, run.paid) if proof is not None), default=None)


def _told(day: date | None, item: Id, zone: ZoneInfo) -> Proof | None:
    """A day that the subscription tells, proved by its first item."""
    return None if day is None else Proof(datetime.combine(day, time(), zone), item)
