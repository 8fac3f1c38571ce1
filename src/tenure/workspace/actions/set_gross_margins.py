"""Finance says what share of revenue is left after the cost of delivering it, month by month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.models import GrossMargin

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.set_gross_margins")
def set_gross_margins(ctx: Context, margins: Mapping[date, Decimal | None]) -> None:
    """Set the gross margin in per cent of each month (any day of it); None forgets a month, which then has that of the month before.

    Idempotent by month.
    """
    ctx.require_everywhere("workspace.set_gross_margins")
    by_month = {month.replace(day=1): percent for month, percent in margins.items()}
    GrossMargin.objects.filter(month__in=list(by_month)).delete()
    GrossMargin.objects.bulk_create(
        GrossMargin(workspace_id=ctx.workspace.pk, month=month, percent=percent)
        for month, percent in by_month.items()
        if percent is not None
    )
    ctx.audit(
        ctx.workspace, months={f"{month:%Y-%m}": None if percent is None else str(percent) for month, percent in by_month.items()}
    )
