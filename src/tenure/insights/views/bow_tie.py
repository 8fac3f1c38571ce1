"""The bow-tie page, and the page that says how it is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tenure.directory.enums import Stage
from tenure.insights import channel_words
from tenure.insights.chips import chips_of, last_day
from tenure.insights.crossing_words import horizons_head, horizons_words
from tenure.insights.entry_words import entry_cells, entry_heads, skipped_words
from tenure.insights.figure_words import figure_words
from tenure.insights.leak_words import leak_words
from tenure.insights.pictures import PLURALS, boundary_url, pictures, rate, words_of
from tenure.insights.queries.reach import accounts_of
from tenure.insights.reports.bow_tie import bow_tie
from tenure.insights.reports.channels import channels
from tenure.insights.reports.figures import key_figures
from tenure.insights.tables import csv_response
from tenure.insights.words import as_of
from tenure.kernel.rounding import as_decimal
from tenure.workspace import formats
from tenure.workspace.lists.columns import BLANK
from tenure.workspace.pages import page
from tenure.workspace.queries.whole import whole_set_cursor

if TYPE_CHECKING:
    from tenure.insights.reports.bow_tie import BoundaryFigure, BowTie
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request

CHANNELS_SHOWN = 12


@page("insights.view")
@require_GET
def bow_tie_page(request: Request) -> HttpResponse:
    """The whole company on one page: volume, conversion, time and money at every stage, and where it leaks."""
    with whole_set_cursor():
        return _page(request)


def _page(request: Request) -> HttpResponse:
    ctx = request.ctx
    report = bow_tie(ctx, request.GET)
    rows = [boundary_row(ctx, report, figure) for figure in report.boundaries]
    if request.GET.get("format") == "csv":
        return csv_response(ctx, "bow-tie", heads(), [row["csv"] for row in rows])
    context = {
        "page_title": _("Bow-tie"),
        "report": report,
        "pictures": pictures(ctx, report),
        "chips": chips_of(ctx, report.cohort),
        "chips_note": _("Compared with the period before, followed just as long") if report.cohort.previous else "",
        "leak": leak_words(ctx, report),
        "subtitle": subtitle(report),
        "has_young": any(row["is_young"] for row in rows),
        "heights": heights_words(report),
        "skipped": skipped_words(ctx, report),
        "imports": _imports(ctx),
        "figures": _figures(ctx, report),
        "columns": [{"label": head, "kind": "number" if at else ""} for at, head in enumerate(heads())],
        "csv_link": format_html('<a class="link small" href="?{}&amp;format=csv" download>CSV</a>', report.cohort.query()),
        "rows": rows,
        **_channels(ctx, report),
        "as_of": as_of(ctx, report.computed_at),
        "query": report.cohort.query(),
    }
    return render(request, "insights/bow_tie.html", context)


@page("insights.view")
@require_GET
def how(request: Request) -> HttpResponse:
    """How every figure of the bow-tie is computed, and what fills each stage."""
    return render(request, "insights/bow_tie_how.html", {"page_title": _("How the bow-tie is computed"), "stages": filling()})


def subtitle(report: BowTie) -> str:
    """Who is counted, in words."""
    period = report.cohort.period
    if period is None:
        return _("Everybody who ever entered, followed to today. Open cases count as still on their way.")
    values = {"first": formats.day(period.start), "last": formats.day(last_day(report.cohort))}
    return (
        _("Everybody who entered from %(first)s to %(last)s, followed to today. Open cases count as still on their way.") % values
    )


def heights_words(report: BowTie) -> str:
    """What the heights of the picture say."""
    if any(figure.arr is not None for figure in report.stages):
        return _("Heights: left, the logarithm of how many; right, of their yearly revenue when they had reached the stage.")
    return _("Heights: the logarithm of how many. With subscriptions the right wing shows yearly revenue.")


def _figures(ctx: Context, report: BowTie) -> list[dict[str, Any]]:
    """The six figures, of the accounts the filters leave."""
    cohort = report.cohort
    if not ctx.holds("billing.view"):
        return []
    channel = UUID(cohort.channel) if cohort.channel not in ("", BLANK) else None
    has_costs = not (cohort.segment or cohort.owner or cohort.persona or cohort.channel == BLANK)
    found = key_figures(ctx, ctx.today(), accounts_of(ctx, cohort), channel=channel, has_costs=has_costs)
    url = reverse("insights:revenue", args=[ctx.workspace.slug])
    return [figure_words(ctx, figure, f"{url}#{figure.name}") for figure in found]


def _channels(ctx: Context, report: BowTie) -> dict[str, Any]:
    """The table of channels over the same period, where there are leads and the filters leave all of them."""
    if report.cohort.is_narrowed or not ctx.holds("market.view"):
        return {"channel_rows": []}
    found = channels(ctx, {"period": report.cohort.span})
    heads_ = channel_words.heads()
    return {
        "channel_rows": [channel_words.channel_row(ctx, found, row) for row in found.rows[:CHANNELS_SHOWN]],
        "channel_columns": [
            {"label": head, "kind": "number" if 0 < at < len(heads_) - 1 else ""} for at, head in enumerate(heads_)
        ],
        "channels_link": format_html(
            '<a class="link small" href="{}?{}">{}</a>',
            reverse("insights:channels", args=[ctx.workspace.slug]),
            report.cohort.query(),
            _("All about channels"),
        ),
    }


def _imports(ctx: Context) -> list[tuple[str, str]]:
    if not ctx.holds("workspace.run_import"):
        return []
    try:
        base = reverse("workspace:import_new", args=[ctx.workspace.slug])
    except NoReverseMatch:
        return []
    return [(_("Import leads"), f"{base}?record=lead"), (_("Import subscriptions"), f"{base}?record=subscription")]


def filling() -> list[tuple[str, Any, str]]:
    """Each stage, its name, and what enters it."""
    return [
        (
            str(Stage.EXPOSED),
            PLURALS[Stage.EXPOSED],
            _("The exposures that a channel's days count. Import channel costs with their exposures."),
        ),
        (str(Stage.LEAD), PLURALS[Stage.LEAD], _("The first identified touch or sign-up. Import leads, or write them down.")),
        (
            str(Stage.QUALIFIED),
            PLURALS[Stage.QUALIFIED],
            _("A lead marked as worth an offer, by marketing, by sales, or by what it does in the product."),
        ),
        (
            str(Stage.OPPORTUNITY),
            PLURALS[Stage.OPPORTUNITY],
            _("A deal was opened, or a trial was started. Import opportunities, or subscriptions with trials."),
        ),
        (
            str(Stage.WON),
            PLURALS[Stage.WON],
            _(
                "The first paying item starts or the contract is signed, whichever is earlier. Import subscriptions or won opportunities."
            ),
        ),
        (str(Stage.ONBOARDING), PLURALS[Stage.ONBOARDING], _("Begins with winning.")),
        (
            str(Stage.LIVE),
            PLURALS[Stage.LIVE],
            _("The go-live was accepted. Until implementation projects are kept here, import the day with the subscription."),
        ),
        (
            str(Stage.ADOPTING),
            PLURALS[Stage.ADOPTING],
            _("A core feature is in use, three of four weeks. The product's events will fill it."),
        ),
        (
            str(Stage.RENEWED),
            PLURALS[Stage.RENEWED],
            _("The first period after the first term has begun. Subscriptions fill it."),
        ),
        (str(Stage.EXPANDED), PLURALS[Stage.EXPANDED], _("The first expansion after winning. Subscriptions fill it.")),
        (str(Stage.ADVOCATE), PLURALS[Stage.ADVOCATE], _("A referral or a public case. Customer success will fill it.")),
    ]


def heads() -> list[str]:
    """Heads of the table behind the picture."""
    return [
        _("Boundary"),
        _("Entered"),
        _("Crossed"),
        _("Lost"),
        _("On the way"),
        _("Conversion"),
        _("95% interval"),
        _("Before"),
        _("Median days"),
        *entry_heads(),
        horizons_head(),
    ]


def boundary_row(ctx: Context, report: BowTie, figure: BoundaryFigure) -> dict[str, Any]:
    """One boundary as a row of the table, and of the file."""
    crossing = figure.crossing
    words = words_of(ctx, figure)
    everyone, shown = crossing.everyone, crossing.shown
    before = figure.before.shown.rate if figure.before else None
    interval = shown.interval
    span = (
        _("%(low)s to %(high)s") % {"low": formats.percent(interval[0], ctx), "high": formats.percent(interval[1], ctx)}
        if interval
        else formats.DASH
    )
    name = f"{words['source']} → {words['target']}"
    counts = [everyone.entered, everyone.crossed, everyone.lost, everyone.open]
    own = entry_cells(ctx, report.cohort, figure)
    return (
        words
        | own
        | {
            "name": name,
            "url": boundary_url(ctx, report, crossing),
            "counts": [
                (formats.number(count, ctx), boundary_url(ctx, report, crossing, standing))
                for count, standing in zip(counts, ("", "crossed", "lost", "open"), strict=True)
            ],
            "precise": formats.percent(as_decimal(shown.rate), ctx, digits=2) if shown.rate is not None else formats.DASH,
            "of": formats.number(shown.entered, ctx),
            "interval": span,
            "before": rate(ctx, before),
            "csv": [
                name,
                *counts,
                as_decimal(shown.rate, 6) if shown.rate is not None else "",
                span,
                as_decimal(before, 6) if before is not None else "",
                crossing.median_days if crossing.median_days is not None else "",
                *own["own_csv"],
                horizons_words(ctx, figure.ends),
            ],
            "within": horizons_words(ctx, figure.ends),
        }
    )
