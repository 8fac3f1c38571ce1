"""Settings: exchange rates, and the gross margin of each month. Both are everybody's, so they need a right over the whole workspace."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.kernel.errors import DomainError
from tenure.workspace import formats
from tenure.workspace.actions.import_exchange_rates import import_exchange_rates
from tenure.workspace.actions.set_exchange_rate import set_exchange_rate
from tenure.workspace.actions.set_gross_margins import set_gross_margins
from tenure.workspace.finance_forms import MarginsForm, RateForm, RatesFileForm
from tenure.workspace.models import ExchangeRate, GrossMargin
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.queries.exchange_rates import list_currencies
from tenure.workspace.record_form import add_error
from tenure.workspace.settings_pages import heads, settings_tabs

if TYPE_CHECKING:
    from tenure.workspace.pages import Request

PAGE_ROWS = 20
RATES = "workspace.import_exchange_rates"
MARGINS = "workspace.set_gross_margins"
EARLIEST, LATEST = 1990, 2100
LEAST_DIGITS = 2


@page(RATES)
def exchange_rates(request: Request) -> HttpResponse:
    """Every currency with its latest rate, the days of one of them, and ways to add to them; a post sets one by hand."""
    ctx = request.ctx
    ctx.require_everywhere(RATES)
    form = RateForm(request.POST or None, initial={"published_on": ctx.today(), "currency": request.GET.get("currency", "USD")})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            set_exchange_rate(ctx, values["currency"], values["published_on"], values["per_euro"])
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(request, _("The rate of %(currency)s is set.") % {"currency": values["currency"]})
            return see_other(_here(request), currency=values["currency"])
    return _rates_page(request, form, RatesFileForm())


@page(RATES)
@require_POST
def exchange_rate_files(request: Request) -> HttpResponse:
    """Load a file of rates."""
    ctx = request.ctx
    ctx.require_everywhere(RATES)
    form = RatesFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            done = import_exchange_rates(ctx, cast("IO[bytes]", form.cleaned_data["file"].file))
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            facts = {"read": formats.number(done.read, ctx), "added": formats.number(done.added, ctx), "changed": done.changed}
            say(request, _("%(read)s rates read: %(added)s new, %(changed)s corrected.") % facts)
            return see_other(_here(request))
    return _rates_page(request, RateForm(initial={"published_on": ctx.today(), "currency": "USD"}), form)


def _rates_page(request: Request, form: RateForm, file_form: RatesFileForm) -> HttpResponse:
    ctx = request.ctx
    known = list_currencies(ctx)
    codes = {one.currency for one in known}
    wanted = request.GET.get("currency", "")
    shown = wanted if wanted in codes else (ctx.workspace.currency if ctx.workspace.currency in codes else "")
    shown = shown or (known[0].currency if known else "")
    days, next_url = _days(request, shown)
    digits = max((_digits(row.per_euro) for row in days), default=LEAST_DIGITS)
    context = {
        "page_title": _("Exchange rates"),
        "settings_tabs": settings_tabs(ctx, "exchange_rates"),
        "heads": _number_heads(_("Currency"), _("Units per euro"), _("Published"), _("Known since")),
        "day_heads": _number_heads(_("Day"), _("Units per euro")),
        "rows": [
            {
                "one": one,
                "rate": formats.number(one.per_euro, ctx, digits=_digits(one.per_euro)),
                "url": f"{_here(request)}?currency={one.currency}",
                "is_shown": one.currency == shown,
            }
            for one in known
        ],
        "shown": shown,
        "days": [{"on": row.published_on, "rate": formats.number(row.per_euro, ctx, digits=digits)} for row in days],
        "next_url": next_url,
        "first_url": f"{_here(request)}?currency={shown}" if request.GET.get("before") else "",
        "form": form,
        "file_form": file_form,
        "last_on": max((one.last_on for one in known), default=None),
    }
    is_wrong = form.is_bound or file_form.is_bound
    return render(request, "workspace/settings/exchange_rates.html", context, status=422 if is_wrong else 200)


def _days(request: Request, currency: str) -> tuple[list[ExchangeRate], str]:
    """The latest days of a currency, or those before the day asked for; and where the earlier ones are."""
    rows = ExchangeRate.objects.filter(currency=currency).order_by("-published_on")
    with suppress(ValueError):
        rows = rows.filter(published_on__lt=date.fromisoformat(request.GET.get("before", "")))
    found = list(rows[: PAGE_ROWS + 1])
    if len(found) <= PAGE_ROWS:
        return found, ""
    return found[:PAGE_ROWS], f"{_here(request)}?currency={currency}&before={found[PAGE_ROWS - 1].published_on.isoformat()}"


@page(MARGINS)
def gross_margins(request: Request) -> HttpResponse:
    """A year's margins, month by month, to be set."""
    ctx = request.ctx
    ctx.require_everywhere(MARGINS)
    year = _year(request.GET.get("year", ""), ctx.today().year)
    form = MarginsForm(year, _known(year), request.POST or None)
    here = reverse("workspace:gross_margins", args=[ctx.workspace.slug])
    if request.method == "POST" and form.is_valid():
        set_gross_margins(ctx, form.margins())
        say(request, _("The margins of %(year)s are set.") % {"year": year})
        return see_other(here, year=str(year))
    context = {
        "page_title": _("Gross margin"),
        "settings_tabs": settings_tabs(ctx, "gross_margins"),
        "form": form,
        "year": year,
        "has_any": GrossMargin.objects.exists(),
        "previous_url": f"{here}?year={year - 1}",
        "next_url": f"{here}?year={year + 1}",
    }
    return render(request, "workspace/settings/gross_margins.html", context, status=422 if form.is_bound else 200)


def _known(year: int) -> dict[date, Any]:
    """The margins set in the year, and the one that holds as it begins under the December before."""
    rows = dict(GrossMargin.objects.filter(month__year=year).values_list("month", "percent"))
    earlier = GrossMargin.objects.filter(month__lt=date(year, 1, 1)).order_by("-month").first()
    return rows | ({date(year - 1, 12, 1): earlier.percent} if earlier else {})


def _year(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and EARLIEST <= int(text) <= LATEST else default


def _digits(rate: Decimal) -> int:
    """As many digits as were published, two at least."""
    return max(LEAST_DIGITS, -int(rate.normalize().as_tuple().exponent))


def _number_heads(first: str, *others: str) -> list[dict[str, Any]]:
    drawn = heads(first, *others)
    drawn[1]["kind"] = "number"
    return drawn


def _here(request: Request) -> str:
    return reverse("workspace:exchange_rates", args=[request.ctx.workspace.slug])
