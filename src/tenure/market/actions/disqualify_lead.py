"""A lead turns out to be none: it is given up, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.market.enums import LeadStatus
from tenure.market.errors import LeadConverted, ReasonMissing
from tenure.market.models import Lead
from tenure.market.queries.records import get_record
from tenure.market.records import LEAD
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("market.disqualify_lead")
def disqualify_lead(ctx: Context, lead_id: UUID, *, reason: str) -> Lead:
    """Enter the lead's turn into *lost*, now, with the reason.

    Raises NotFound, LeadConverted, ReasonMissing. Idempotent: a lead that is given up stays so since then. Can be undone.
    """
    lead: Lead = get_record(ctx, LEAD, lead_id, permission="market.disqualify_lead")
    if lead.status == LeadStatus.CONVERTED:
        raise LeadConverted
    if not reason.strip():
        raise ReasonMissing
    values = {
        "status": LeadStatus.DISQUALIFIED,
        "disqualified_at": lead.disqualified_at or ctx.now(),
        "lost_reason": reason.strip(),
    }
    edit_record(ctx, LEAD, lead, values)
    return lead
