"""What follows from leads, in the transaction that writes them: their turns and the stages these have entered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tenure.directory.actions.link_turns import TurnLink, link_turns
from tenure.directory.actions.open_turns import NewTurn, open_turns
from tenure.directory.actions.settle_stages import settle_stages
from tenure.directory.enums import Stage
from tenure.directory.queries.turns import find_turns
from tenure.directory.stage_ledger import StageFact
from tenure.market.enums import LeadStatus
from tenure.market.models import Lead

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tenure.directory.models import Turn
    from tenure.workspace.context import Context
    from tenure.workspace.events import DomainEvent

PROOF = "lead"


def project_leads(ctx: Context, events: Sequence[DomainEvent]) -> None:
    """Let the stage ledger say what the leads say now: entered as a lead, qualified, lost. Set-based; idempotent by lead.

    A lead's turn goes on as its opportunity's: the account that an opportunity gave it stays.
    """
    ids = {event.subject_id for event in events}
    leads = list(Lead.objects.filter(pk__in=ids))
    open_turns(
        ctx, [NewTurn(turn_key(lead.pk), lead.first_contact_at, account_id=lead.account_id, lead_id=lead.pk) for lead in leads]
    )
    turns = {lead_id: found[0] for lead_id, found in find_turns(ctx, column="lead_id", ids=ids).items()}
    settle_stages(ctx, ids, [fact for lead in leads for fact in _facts(lead, turns[lead.pk].pk)])
    link_turns(ctx, [link for lead in leads if (link := _link(lead, turns[lead.pk])) is not None])


def turn_key(lead_id: UUID) -> str:
    """What opens a lead's turn."""
    return f"lead:{lead_id}"


def _facts(lead: Lead, turn_id: UUID) -> list[StageFact]:
    def fact(stage: Stage, at: datetime, reason: str = "") -> StageFact:
        return StageFact(turn_id, stage, at, reason, proof_kind=PROOF, proof_id=lead.pk, by_id=lead.owner_id)

    facts = [fact(Stage.LEAD, lead.first_contact_at)]
    if lead.qualified_at is not None:
        facts.append(fact(Stage.QUALIFIED, lead.qualified_at))
    if lead.verdict == LeadStatus.DISQUALIFIED and lead.disqualified_at is not None:
        facts.append(fact(Stage.LOST, lead.disqualified_at, lead.lost_reason))
    return facts


def _link(lead: Lead, turn: Turn) -> TurnLink | None:
    if turn.account_id == lead.account_id or (lead.account_id is None and turn.opportunity_id is not None):
        return None
    return TurnLink(turn.pk, lead.account_id, turn.opportunity_id)
