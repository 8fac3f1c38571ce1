"""The crossed-by-day curve in the reader's words: figures at the horizons, the curve as a chart, and one line for a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tenure.insights.domain.crossings import HORIZONS, half_crossed_after, shares_by
from tenure.ui.charts import Chart, Series
from tenure.workspace import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenure.insights.domain.crossings import DayEnd
    from tenure.workspace.context import Context

DRAWN = (0, 1, 3, 7, 14, 21, 30, 45, 60, 75, 90, 120, 150, 180, 270, 365)


def curve_figures(ctx: Context, ends: Sequence[DayEnd]) -> list[dict[str, Any]]:
    """The shares at the horizons, and the day by which half had crossed, where they did."""
    figures: list[dict[str, Any]] = [
        {
            "label": _("Crossed within %(days)s days") % {"days": formats.number(days, ctx)},
            "value": formats.DASH if at is None else formats.percent(at.crossed, ctx),
            "note": _("nobody was watched that long")
            if at is None
            else _("%(lost)s lost by then") % {"lost": formats.percent(at.lost, ctx)},
        }
        for days, at in shares_by(ends).items()
    ]
    half = half_crossed_after(ends)
    if half is not None:
        figures.append(
            {
                "label": _("Half had crossed after"),
                "value": _("%(days)s d") % {"days": formats.number(half, ctx)},
                "note": _("of all who came"),
            }
        )
    return figures


def curve_chart(ctx: Context, ends: Sequence[DayEnd]) -> Chart | None:
    """The curve as far as anybody was watched; None where that is less than a week."""
    points = {day: at for day, at in shares_by(ends, DRAWN).items() if at is not None}
    if len(points) < 4:  # noqa: PLR2004 - a week and what comes before it
        return None
    lines = (
        (_("Crossed"), [at.crossed for at in points.values()], "leaf"),
        (_("Lost"), [at.lost for at in points.values()], "rose"),
    )
    return Chart(
        key="crossed-by-day", title=_("Crossed by day"), labels=[str(day) for day in points], form="percent", digits=0, label_name=_("Days since entry"),
        series=[Series(name, shares, tone, [formats.percent(share, ctx) for share in shares]) for name, shares, tone in lines],  # type: ignore[arg-type]
        note=_("those still on the way count for as long as they have been watched (Aalen-Johansen)"),
    )  # fmt: skip


def horizons_words(ctx: Context, ends: Sequence[DayEnd]) -> str:
    """The shares at the horizons in one line, as `12 · 30 · 45 · 51 %`."""
    shares = [None if at is None else at.crossed for at in shares_by(ends).values()]
    return " · ".join(formats.DASH if share is None else formats.percent(share, ctx, digits=0) for share in shares)


def horizons_head() -> str:
    """The head of that column."""
    return _("Crossed within %(days)s days") % {"days": " · ".join(map(str, HORIZONS))}
