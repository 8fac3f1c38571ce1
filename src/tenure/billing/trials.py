"""Trials by use: whoever used the product before paying for it has been an opportunity since. Written by billing, told by usage. Set-based.

Rule: DESIGN.md, "The stage ledger"; billing/README.md, "Stages".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.actions.open_turns import NewTurn, open_turns
from tenure.directory.actions.settle_stages import settle_stages
from tenure.directory.enums import Stage
from tenure.directory.queries.turns import counting_entries, find_turns
from tenure.directory.stage_ledger import StageFact
from tenure.usage.enums import MilestoneKind
from tenure.usage.events import MilestoneMoved
from tenure.usage.models import MilestoneReached

if TYPE_CHECKING:
    from datetime import datetime

    from tenure.workspace.context import Context
    from tenure.workspace.events import DomainEvent

PROOF = "trial"


def follow_first_use(ctx: Context, events: Sequence[DomainEvent]) -> None:
    """Accounts began to use the product, or began earlier than was known, or turn out not to have."""
    told = [event for event in events if isinstance(event, MilestoneMoved) and event.kind == MilestoneKind.FIRST_USE]
    if told:
        settle_trials(ctx, {event.account_id for event in told if event.account_id}, [event.subject_id for event in told])


def follow_wins(ctx: Context, events: Sequence[DomainEvent]) -> None:
    """Turns were won: use that began after that was no trial."""
    accounts = {event.account_id for event in events if event.account_id and getattr(event, "stage", "") == Stage.WON}
    if accounts:
        settle_trials(ctx, accounts)


def settle_trials(ctx: Context, accounts: Collection[UUID], proofs: Collection[UUID] = ()) -> None:
    """Let the opportunities proved by first use be what is known of it now: on the account's first turn, where use began before it was won.

    By days of the workspace's zone, since purchases are often known by their day only. proofs: first uses that may be gone. Idempotent.
    """
    rows = list(MilestoneReached.objects.filter(account_id__any_of=sorted(accounts), kind=MilestoneKind.FIRST_USE))
    turns = {account: found[0].pk for account, found in find_turns(ctx, column="account_id", ids=accounts).items()}
    opening = [row for row in rows if row.account_id not in turns]
    opened = open_turns(ctx, [NewTurn(_key(row), row.reached_at, account_id=row.account_id) for row in opening])
    turns |= {row.account_id: opened[_key(row)] for row in opening}
    won = dict(
        counting_entries().filter(turn_id__any_of=list(turns.values()), stage=Stage.WON).values_list("turn_id", "entered_at")
    )
    facts = [
        StageFact(turns[row.account_id], Stage.OPPORTUNITY, row.reached_at, proof_kind=PROOF, proof_id=row.pk)
        for row in rows
        if _is_trial(ctx, row.reached_at, won.get(turns[row.account_id]))
    ]
    settle_stages(ctx, {*(row.pk for row in rows), *proofs}, facts)


def _is_trial(ctx: Context, used_at: datetime, won_at: datetime | None) -> bool:
    zone = ctx.workspace.tz
    return won_at is None or used_at.astimezone(zone).date() <= won_at.astimezone(zone).date()


def _key(row: MilestoneReached) -> str:
    return f"account:{row.account_id}"
