"""The worst leak in one sentence, with what it is worth and the way to the accounts behind it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenure.directory.enums import Stage
from tenure.insights.domain.bowtie import LEAST_ENTERED, is_keeping
from tenure.insights.enums import Standing
from tenure.insights.figure_words import money_words
from tenure.insights.pictures import PLURALS, boundary_url
from tenure.kernel.rounding import as_decimal, half_up_integer
from tenure.workspace import formats

if TYPE_CHECKING:
    from tenure.insights.domain.bowtie import Crossing
    from tenure.insights.reports.bow_tie import BowTie
    from tenure.workspace.context import Context


def leak_words(ctx: Context, report: BowTie) -> dict[str, Any]:
    """Headline, what it is worth, how many have not crossed, and links; or why no leak is named."""
    named = report.leak
    if named is None:
        return {
            "headline": _no_leak(report),
            "tone": "leaf" if _has_past(report) else "",
            "icon": "circle-check" if _has_past(report) else "info-circle",
        }
    crossing = named.crossing
    values = {
        "source": PLURALS[Stage(crossing.source)],
        "target": PLURALS[Stage(crossing.target)],
        "rate": formats.percent(as_decimal(crossing.mature.rate or 0), ctx),
        "reference": formats.percent(as_decimal(named.reference_rate), ctx),
        "peer": report.leak_against,
    }
    headline = (
        _("The worst leak is between %(source)s and %(target)s: %(rate)s cross, against %(reference)s in %(peer)s.")
        if report.leak_against
        else _("The worst leak is between %(source)s and %(target)s: %(rate)s cross, against %(reference)s in the period before.")
    )
    missing = crossing.everyone.entered - crossing.everyone.crossed
    noun = ngettext("%(count)s account has not crossed", "%(count)s accounts have not crossed", missing)
    if not is_keeping(crossing.boundary):
        noun = ngettext("%(count)s prospect has not crossed", "%(count)s prospects have not crossed", missing)
    return {
        "tone": "amber",
        "icon": "droplet-half-2",
        "headline": f"{headline % values} {_among(ctx, report)}".strip(),
        "worth": f"{_fate(ctx, crossing)} {_worth(ctx, report)}".strip(),
        "see": _("See the accounts") if is_keeping(crossing.boundary) else _("See the prospects"),
        "count": noun % {"count": formats.number(missing, ctx)},
        "url": boundary_url(ctx, report, crossing, Standing.NOT_CROSSED),
    }


def _among(ctx: Context, report: BowTie) -> str:
    """The segment or channel where it is worst."""
    found = report.worst_among
    if found is None:
        return ""
    values = {"group": found.group, "rate": formats.percent(as_decimal(found.conversion.rate or 0), ctx)}
    if found.dimension == "segment":
        return _("It is worst among %(group)s: %(rate)s.") % values
    return _("It is worst among those from %(group)s: %(rate)s.") % values


def _fate(ctx: Context, crossing: Crossing) -> str:
    """How much oftener those leave who did not cross, after winning."""
    behind = crossing.everyone.entered - crossing.everyone.crossed
    if not is_keeping(crossing.boundary) or not crossing.uplift or not behind:
        return ""
    values = {
        "behind": formats.percent(crossing.everyone.lost / behind, ctx, digits=0),
        "after": formats.percent(
            crossing.churned_after / crossing.everyone.crossed if crossing.everyone.crossed else 0, ctx, digits=0
        ),
    }
    return _("Of those who do not, %(behind)s have left; of the others %(after)s.") % values


def _worth(ctx: Context, report: BowTie) -> str:
    assert report.leak is not None
    amount = report.leak.leak.amount
    if report.worth_of_customer is not None and is_keeping(report.leak.crossing.boundary):
        return _("About %(money)s of yearly revenue is at risk.") % {"money": money_words(ctx, _rounded(amount))}
    if report.worth_of_customer is not None:
        return _("At that rate there would be about %(money)s more of yearly revenue.") % {
            "money": money_words(ctx, _rounded(amount))
        }
    count = max(1, half_up_integer(amount))
    words = ngettext(
        "At that rate there would be about %(count)s customer more.",
        "At that rate there would be about %(count)s customers more.",
        count,
    )
    return words % {"count": formats.number(count, ctx)}


def _rounded(minor: Fraction) -> Fraction:
    """To two significant digits: an estimate should not look like an account."""
    size = max(0, len(str(half_up_integer(minor))) - 2)
    return Fraction(half_up_integer(minor / 10**size) * 10**size)


def _has_past(report: BowTie) -> bool:
    return any(each.before is not None and each.before.mature.entered >= LEAST_ENTERED for each in report.boundaries)


def _no_leak(report: BowTie) -> str:
    if _has_past(report):
        return _(
            "Nothing leaks measurably more than before: no boundary with enough turns has fallen, beyond chance, in a way that costs customers."
        )
    return _(
        "There is not enough history yet to name the worst leak: it takes 20 turns at a boundary, in two periods or in two segments."
    )
