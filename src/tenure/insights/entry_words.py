"""Who really entered a stage and who skipped it, in the reader's words: under the picture, in the table, above the turns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tenure.directory.enums import Stage
from tenure.insights.enums import Entry, Standing
from tenure.insights.pictures import PLURALS
from tenure.kernel.rounding import as_decimal
from tenure.workspace import formats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenure.insights.cohort import Cohort
    from tenure.insights.domain.boundaries import OwnEntries
    from tenure.insights.reports.bow_tie import BoundaryFigure, BowTie
    from tenure.workspace.context import Context


def entry_heads() -> list[str]:
    """Heads of the two columns."""
    return [_("Of those who really entered"), _("Their mean days")]


def entry_cells(ctx: Context, cohort: Cohort, figure: BoundaryFigure) -> dict[str, Any]:
    """One boundary: the share, of how many, where they are listed, the days; and the same for a file."""
    own = figure.crossing.own
    return {
        "own_rate": own_rate(ctx, own),
        "own_of": formats.number(own.entered, ctx),
        "own_url": own_url(ctx, cohort, figure.crossing.boundary),
        "own_days": own_days(ctx, own),
        "own_csv": [
            as_decimal(own.rate, 6) if own.rate is not None else "",
            round(own.mean_days, 4) if own.mean_days is not None else "",
        ],
    }


def skipped_words(ctx: Context, report: BowTie) -> list[dict[str, Any]]:
    """A sentence for each stage of the cohort that some skipped: how those fared who did not, and where they are listed."""
    following = {figure.crossing.source: figure.crossing for figure in reversed(report.boundaries)}
    said = []
    for stage in report.stages:
        crossing = following.get(stage.stage)
        if not stage.skipped or not stage.own or crossing is None:
            continue
        values = {
            "stage": PLURALS[Stage(stage.stage)],
            "skipped": formats.number(stage.skipped, ctx),
            "own": formats.number(stage.own, ctx),
            "rate": own_rate(ctx, crossing.own),
            "target": PLURALS[Stage(crossing.target)],
            "days": own_days(ctx, crossing.own),
        }
        said.append(
            {
                "words": _(
                    "%(stage)s: %(skipped)s skipped it. Of the %(own)s who really entered, %(rate)s came to %(target)s, after %(days)s days on average."
                )
                % values,
                "url": own_url(ctx, report.cohort, crossing.boundary),
            }
        )
    return said


def entry_figures(ctx: Context, cohort: Cohort, boundary: tuple[str, str], own: OwnEntries) -> list[dict[str, Any]]:
    """The share of those who really entered, and their days, above the turns of a boundary."""
    if not own.entered:
        return []
    counts = {"crossed": formats.number(own.crossed, ctx), "entered": formats.number(own.entered, ctx)}
    return [
        {
            "label": _("Of those who really entered"),
            "value": own_rate(ctx, own),
            "note": _("%(crossed)s of %(entered)s") % counts,
            "url": own_url(ctx, cohort, boundary, Standing.CROSSED),
        },
        {"label": _("Their mean days"), "value": own_days(ctx, own), "note": _("from one entry to the next")},
    ]


def entry_tabs(cohort: Cohort, place: Mapping[str, str], entry: str) -> list[dict[str, Any]]:
    """The turns of one stage: all who passed it, who really entered, who skipped it."""
    return [
        {"label": label, "url": f"?{cohort.query(**{**place, 'entry': value})}", "current": value == entry}
        for value, label in [("", _("All who passed")), *Entry.choices]
    ]


def own_rate(ctx: Context, own: OwnEntries) -> str:
    """The share to two decimals; a dash where nobody entered."""
    return formats.DASH if own.rate is None else formats.percent(as_decimal(own.rate), ctx, digits=2)


def own_days(ctx: Context, own: OwnEntries) -> str:
    """The mean to two decimals; a dash where nobody crossed."""
    return formats.DASH if own.mean_days is None else formats.number(round(own.mean_days, 2), ctx)


def own_url(ctx: Context, cohort: Cohort, boundary: tuple[str, str], standing: str = "") -> str:
    """Where those with an entry of their own are listed."""
    query = cohort.query(source=boundary[0], target=boundary[1], standing=standing, entry=Entry.OWN)
    return f"{reverse('insights:turns', args=[ctx.workspace.slug])}?{query}"
