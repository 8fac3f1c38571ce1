"""Reading the gross margin of a month: the last one set for it or before it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tenure.workspace.models import GrossMargin

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def find_margins(_ctx: Context, months: Iterable[date]) -> dict[date, Decimal | None]:
    """The gross margin of each month as a share of one; None for months before the first that was set. Any day stands for its month."""
    known = list(GrossMargin.objects.order_by("month").values_list("month", "percent"))
    firsts = [month for month, _ in known]
    found: dict[date, Decimal | None] = {}
    for month in months:
        place = bisect_right(firsts, month)
        found[month] = known[place - 1][1] / 100 if place else None
    return found


def find_margin(ctx: Context, month: date) -> Decimal | None:
    """The gross margin of one month as a share of one; None where none was set."""
    return find_margins(ctx, [month])[month]
