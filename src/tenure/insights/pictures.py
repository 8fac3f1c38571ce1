"""The bow-tie's report put into the reader's words and onto its shapes, ready for the template."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from tenure.directory.enums import Stage
from tenure.insights.domain.bowtie import CHAIN, OUTCOMES, WINNING
from tenure.insights.drawing import Band, Shape, lying, upright
from tenure.kernel.rounding import as_decimal
from tenure.workspace import formats

if TYPE_CHECKING:
    from tenure.insights.domain.bowtie import Crossing
    from tenure.insights.reports.bow_tie import BoundaryFigure, BowTie, StageFigure
    from tenure.workspace.context import Context

LEFT = (Stage.EXPOSED, *WINNING)
RIGHT = (Stage.ONBOARDING, *CHAIN[len(WINNING) :])
PLURALS = {
    Stage.EXPOSED: pgettext_lazy("stages", "Exposed"),
    Stage.LEAD: pgettext_lazy("stages", "Leads"),
    Stage.QUALIFIED: pgettext_lazy("stages", "Qualified"),
    Stage.OPPORTUNITY: pgettext_lazy("stages", "Opportunities"),
    Stage.WON: pgettext_lazy("stages", "Won"),
    Stage.ONBOARDING: pgettext_lazy("stages", "Onboarding"),
    Stage.LIVE: pgettext_lazy("stages", "Live"),
    Stage.ADOPTING: pgettext_lazy("stages", "Adopting"),
    Stage.RENEWED: pgettext_lazy("stages", "Renewed"),
    Stage.EXPANDED: pgettext_lazy("stages", "Expanded"),
    Stage.ADVOCATE: pgettext_lazy("stages", "Advocates"),
}
WHOLE_PERCENT_FROM = Fraction(1, 10)


def pictures(ctx: Context, report: BowTie) -> list[dict[str, Any]]:
    """The picture twice: lying for wide screens, upright for narrow ones."""
    left = [Band(figure.stage, figure.turns if figure.has_source else None) for figure in map(report.stage, LEFT)]
    chain, outcomes = (_bands(report, stages) for stages in (RIGHT, OUTCOMES))
    return [
        _picture(ctx, report, lying(left, chain, outcomes), is_upright=False),
        _picture(ctx, report, upright(left, chain, outcomes), is_upright=True),
    ]


def _bands(report: BowTie, stages: tuple[Stage, ...]) -> list[Band]:
    figures = [report.stage(stage) for stage in stages]
    return [Band(figure.stage, figure.measure if figure.has_source else None) for figure in figures]


def _picture(ctx: Context, report: BowTie, shapes: list[Shape], *, is_upright: bool) -> dict[str, Any]:
    crossings = {figure.crossing.target: figure for figure in report.boundaries}
    return {
        "is_upright": is_upright,
        "bands": [_band(ctx, report, shape, crossings.get(shape.stage)) for shape in shapes],
        "boundaries": [
            _boundary(ctx, report, shape, crossings[shape.stage], is_upright=is_upright)
            for shape in shapes
            if shape.stage in crossings
        ],
    }


def _band(ctx: Context, report: BowTie, shape: Shape, boundary: BoundaryFigure | None) -> dict[str, Any]:
    figure = report.stage(shape.stage)
    label = PLURALS[Stage(shape.stage)]
    number = _("no source yet") if figure.turns is None else formats.number(figure.turns, ctx)
    return {
        "stage": shape.stage,
        "path": shape.path,
        "x": f"{shape.x:.1f}",
        "y": f"{shape.y:.1f}",
        "label": label,
        "number": number,
        "money": formats.short_money(figure.arr, ctx) if figure.arr else "",
        "is_hollow": shape.is_hollow,
        "is_outcome": shape.stage in OUTCOMES,
        "url": stage_url(ctx, report, figure),
        "spoken": f"{label}: {number}",
        "crossing": words_of(ctx, boundary) if boundary and shape.stage in OUTCOMES else None,
    }


def _boundary(ctx: Context, report: BowTie, shape: Shape, figure: BoundaryFigure, *, is_upright: bool) -> dict[str, Any]:
    return words_of(ctx, figure) | {
        "x": f"{shape.edge:.1f}",
        "y": f"{shape.edge_from:.1f}",
        "upright_y": f"{shape.edge:.1f}",
        "band_x": f"{shape.x:.1f}",
        "middle": f"{shape.y:.1f}",
        "is_outcome": shape.stage in OUTCOMES,
        "url": boundary_url(ctx, report, figure.crossing),
        "is_upright": is_upright,
    }


def words_of(ctx: Context, figure: BoundaryFigure) -> dict[str, Any]:
    """Rate and time at a boundary as they are read and spoken."""
    crossing = figure.crossing
    names = {"source": PLURALS[Stage(crossing.source)], "target": PLURALS[Stage(crossing.target)]}
    said = rate(ctx, crossing.shown.rate)
    days = days_words(ctx, crossing.median_days)
    return names | {
        "rate": said,
        "days": days,
        "is_leak": figure.is_leak,
        "is_young": not crossing.shown.is_mature,
        "spoken": _("%(source)s to %(target)s: %(rate)s cross, median %(days)s") % (names | {"rate": said, "days": days}),
    }


def rate(ctx: Context, share: Fraction | None) -> str:
    """A conversion: whole percents from 10 %, one decimal below; a dash where nobody entered."""
    if share is None:
        return formats.DASH
    return formats.percent(as_decimal(share), ctx, digits=0 if share >= WHOLE_PERCENT_FROM else 1)


def days_words(ctx: Context, days: float | None) -> str:
    """Days at a boundary; a dash where nobody crossed."""
    if days is None:
        return formats.DASH
    if round(days) < 0:
        return _("%(days)s d earlier") % {"days": formats.number(-round(days), ctx)}
    return _("%(days)s d") % {"days": formats.number(round(days), ctx)}


def stage_url(ctx: Context, report: BowTie, figure: StageFigure) -> str:
    """Where a band leads: the turns that passed the stage, or what would fill it."""
    slug = ctx.workspace.slug
    if not figure.has_source:
        return f"{reverse('insights:bow_tie_how', args=[slug])}#{figure.stage}"
    if figure.stage == Stage.EXPOSED:
        return f"{reverse('insights:bow_tie_how', args=[slug])}#{figure.stage}"
    return f"{reverse('insights:turns', args=[slug])}?{report.cohort.query(stage=figure.stage)}"


def boundary_url(ctx: Context, report: BowTie, crossing: Crossing, standing: str = "") -> str:
    """Where a boundary leads: the turns that came to it, by how they stand."""
    query = report.cohort.query(source=crossing.source, target=crossing.target, standing=standing)
    return f"{reverse('insights:turns', args=[ctx.workspace.slug])}?{query}"
