"""What follows from opportunities, in the transaction that writes them: turns, stages, and that their leads are converted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Min
from django.db.models.functions import Coalesce

from tenure.directory.actions.link_turns import TurnLink, link_turns
from tenure.directory.actions.open_turns import NewTurn, open_turns
from tenure.directory.actions.settle_stages import settle_stages
from tenure.directory.enums import Stage, TurnKind
from tenure.directory.models import Turn
from tenure.directory.queries.turns import find_turns
from tenure.directory.stage_ledger import StageFact
from tenure.market.actions.settle_conversions import settle_conversions
from tenure.market.models import Lead
from tenure.sales.enums import Outcome
from tenure.sales.models import Opportunity

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tenure.workspace.context import Context
    from tenure.workspace.events import DomainEvent

PROOF = "opportunity"

_SET_TURNS = """
UPDATE sales_opportunity AS deal SET turn_id = fresh.turn FROM unnest(%s::uuid[], %s::uuid[]) AS fresh(id, turn)
WHERE deal.workspace_id = tenure_workspace() AND deal.id = fresh.id
"""


def project_opportunities(ctx: Context, events: Sequence[DomainEvent]) -> None:
    """Let the stage ledger say what the deals say now: entered as an opportunity, won, lost. Set-based; idempotent by opportunity.

    The deals of a lead's first purchase go on with the lead's turn; any other deal opens a turn of its own. A turn's account is its
    first deal's, else its lead's.
    """
    ids = {event.subject_id for event in events}
    told = list(Opportunity.everything.filter(pk__in=ids).select_related("lead"))
    turns_before = {deal.turn_id for deal in told if deal.turn_id is not None}
    leads_before = _leads_of(turns_before)
    _give_turns(ctx, [deal for deal in told if not deal.is_deleted])
    touched = turns_before | {deal.turn_id for deal in told if deal.turn_id is not None}
    standing = list(Opportunity.objects.filter(turn_id__in=touched).select_related("lead").order_by("created_at", "id"))
    settle_stages(ctx, ids | {deal.pk for deal in standing}, [fact for deal in standing for fact in _facts(deal)])
    _link(ctx, touched, standing)
    _convert(ctx, {deal.lead_id for deal in told} | leads_before)


def _give_turns(ctx: Context, deals: Sequence[Any]) -> None:
    """Put on each deal the turn it belongs to, and write those that changed. A projection: no version of its own."""
    of_leads = find_turns(ctx, column="lead_id", ids={deal.lead_id for deal in deals if _goes_on(deal)})
    own = [deal for deal in deals if not _goes_on(deal) or deal.lead_id not in of_leads]
    opened = open_turns(
        ctx,
        [
            NewTurn(_turn_key(deal), _entered_at(deal), kind=deal.kind, account_id=deal.account_id, opportunity_id=deal.pk)
            for deal in own
        ],
    )
    moved: dict[UUID, UUID] = {}
    for deal in deals:
        turn_id = opened.get(_turn_key(deal)) or of_leads[deal.lead_id][0].pk
        if deal.turn_id != turn_id:
            deal.turn_id = moved[deal.pk] = turn_id
    _write_turns(moved)


def _write_turns(moved: dict[UUID, UUID]) -> None:
    if moved:
        with connection.cursor() as cursor:
            cursor.execute(_SET_TURNS, [list(moved), list(moved.values())])


def _goes_on(deal: Any) -> bool:  # noqa: ANN401 - an opportunity
    """Whether it is part of its lead's own trip."""
    return deal.lead_id is not None and deal.kind == TurnKind.FIRST_PURCHASE


def _turn_key(deal: Any) -> str:  # noqa: ANN401 - as above
    return f"opportunity:{deal.pk}"


def _entered_at(deal: Any) -> datetime:  # noqa: ANN401 - as above
    """When it became a deal, as far as one knows: an imported one that only says when it ended was one by then."""
    return deal.engaged_at or deal.closed_at or deal.created_at


def _facts(deal: Any) -> Iterable[StageFact]:  # noqa: ANN401 - as above
    proof = {"proof_kind": PROOF, "proof_id": deal.pk, "by_id": deal.owner_id}
    yield StageFact(deal.turn_id, Stage.OPPORTUNITY, _entered_at(deal), **proof)
    if deal.outcome == Outcome.WON:
        yield StageFact(deal.turn_id, Stage.WON, deal.closed_at, reason=deal.reason, **proof)
    elif deal.outcome == Outcome.LOST:
        yield StageFact(deal.turn_id, Stage.LOST, deal.closed_at, reason=deal.reason, **proof)


def _link(ctx: Context, touched: Collection[UUID], standing: Sequence[Any]) -> None:
    """Each turn is about its first deal's account, else its lead's; and about that deal."""
    by_turn: dict[UUID, list[Any]] = {}
    for deal in standing:
        by_turn.setdefault(deal.turn_id, []).append(deal)
    turns = Turn.objects.filter(pk__in=list(touched))
    leads = dict(Lead.objects.filter(pk__in=turns.values("lead_id")).values_list("pk", "account_id"))
    links = []
    for turn in turns:
        deals = by_turn.get(turn.pk, [])
        account = next((deal.account_id for deal in deals if deal.account_id), leads.get(turn.lead_id))
        links.append(TurnLink(turn.pk, account, deals[0].pk if deals else None))
    link_turns(ctx, links)


def _leads_of(turns: Collection[UUID]) -> set[UUID]:
    return set(Turn.objects.filter(pk__in=list(turns), lead_id__isnull=False).values_list("lead_id", flat=True))


def _convert(ctx: Context, leads: Collection[UUID | None]) -> None:
    """A lead is converted since the first of its deals that goes on with its trip."""
    wanted = {lead_id for lead_id in leads if lead_id is not None}
    if not wanted:
        return
    deals = Opportunity.objects.filter(lead_id__in=wanted, kind=TurnKind.FIRST_PURCHASE)
    since = dict(deals.values_list("lead_id").annotate(since=Min(Coalesce("engaged_at", "closed_at", "created_at"))).order_by())
    settle_conversions(ctx, {lead_id: since.get(lead_id) for lead_id in wanted})
