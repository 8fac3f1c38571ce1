"""Marketing or sales find that a lead is worth an offer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.market.enums import LeadStatus
from tenure.market.errors import LeadConverted
from tenure.market.models import Lead
from tenure.market.queries.records import get_record
from tenure.market.records import LEAD
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("market.qualify_lead")
def qualify_lead(ctx: Context, lead_id: UUID) -> Lead:
    """Enter the lead's turn into *qualified*, now; a lead that was given up comes back.

    Raises NotFound, LeadConverted. Idempotent: a lead that is qualified stays qualified since then. Can be undone.
    """
    lead: Lead = get_record(ctx, LEAD, lead_id, permission="market.qualify_lead")
    if lead.status == LeadStatus.CONVERTED:
        raise LeadConverted
    edit_record(
        ctx,
        LEAD,
        lead,
        {
            "status": LeadStatus.QUALIFIED,
            "qualified_at": lead.qualified_at or ctx.now(),
            "disqualified_at": None,
            "lost_reason": "",
        },
    )
    return lead
