"""How a lead's page tells the way it came: its stages from the ledger, and its first and last touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tenure.directory.enums import Stage
from tenure.directory.queries.turns import counting_entries
from tenure.workspace import formats

if TYPE_CHECKING:
    from tenure.market.models import Lead
    from tenure.workspace.context import Context

PATH = (Stage.LEAD, Stage.QUALIFIED, Stage.OPPORTUNITY, Stage.WON)


def lead_path(ctx: Context, lead: Lead) -> list[dict[str, Any]]:
    """The stages from lead to won with the days they were entered; lost stands last where the turn ended so."""
    entered = dict(counting_entries().filter(turn__lead_id=lead.pk).values_list("stage", "entered_at"))
    far = max((place for place, stage in enumerate(PATH) if stage in entered), default=0)
    items = []
    for place, stage in enumerate(PATH):
        at = entered.get(stage)
        state = "here" if place == far else "past" if place < far else "ahead"
        items.append(
            {"label": stage.label, "note": formats.day(at.astimezone(ctx.workspace.tz).date()) if at else "", "state": state}
        )
    if Stage.LOST in entered and Stage.WON not in entered:
        lost = entered[Stage.LOST].astimezone(ctx.workspace.tz).date()
        items[far]["state"] = "past"
        items.append({"label": Stage.LOST.label, "note": formats.day(lost), "state": "lost"})
    return items


def touch_rows(lead: Lead) -> list[tuple[str, str, str]]:
    """(what, first touch, last touch) for each part of a touch that came in."""
    labels = (_("Source"), _("Medium"), _("Campaign"), _("Term"), _("Content"), _("Click id"))
    both = lead.touches()
    rows = zip(labels, both["first"], both["last"], strict=True)
    return [row for row in rows if row[1] or row[2]]
