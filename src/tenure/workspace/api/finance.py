"""Exchange rates and gross margins over the API: what makes amounts of several currencies and products comparable."""

from __future__ import annotations

from datetime import date
from typing import IO, Annotated, cast

from ninja import File, Path, Query, Router
from ninja.files import UploadedFile

from tenure.kernel.errors import NotFound
from tenure.workspace.actions.import_exchange_rates import import_exchange_rates
from tenure.workspace.actions.set_gross_margins import set_gross_margins
from tenure.workspace.endpoints import ApiRequest, endpoint
from tenure.workspace.finance_schemas import (
    ExchangeRatesOut,
    GrossMarginsIn,
    GrossMarginsOut,
    QuoteOut,
    RatesImportedOut,
    currency_rates_out,
    gross_margins_out,
    plain,
)
from tenure.workspace.models import GrossMargin
from tenure.workspace.queries.exchange_rates import find_quote, list_currencies

router = Router(tags=["Finance"])

# The European Central Bank's whole history is 8 MB as CSV.
LARGEST_RATES = 32 * 1024 * 1024
CURRENCY = "^[A-Z]{3}$"


@router.get("/exchange-rates", response=ExchangeRatesOut, operation_id="list_exchange_rates", summary="List exchange rates")
@endpoint("workspace.view")
def exchange_rates(request: ApiRequest) -> ExchangeRatesOut:
    """Every currency that rates are known of, with its latest."""
    return ExchangeRatesOut(items=[currency_rates_out(known) for known in list_currencies(request.ctx)])


@router.post("/exchange-rates", response=RatesImportedOut, operation_id="import_exchange_rates", summary="Import exchange rates")
@endpoint("workspace.import_exchange_rates", max_bytes=LARGEST_RATES)
def exchange_rates_post(
    request: ApiRequest,
    file: Annotated[UploadedFile, File(description="Reference rates as the European Central Bank publishes them, CSV or ZIP.")],
) -> RatesImportedOut:
    """Load a file of rates, whole or not at all. The same file again changes nothing."""
    done = import_exchange_rates(request.ctx, cast("IO[bytes]", file.file))
    return RatesImportedOut(read=done.read, added=done.added, changed=done.changed, first_on=done.first_on, last_on=done.last_on)


@router.get(
    "/exchange-rates/{currency}", response=QuoteOut, operation_id="get_exchange_rate", summary="Get the exchange rate of a day"
)
@endpoint("workspace.view")
def exchange_rate(
    request: ApiRequest,
    currency: Annotated[str, Path(pattern=CURRENCY, description="ISO 4217 code.")],
    on: Annotated[date | None, Query(description="The day; left out, today.")] = None,
    into: Annotated[str | None, Query(pattern=CURRENCY, description="Left out, the reporting currency.")] = None,
) -> QuoteOut:
    """The rate by which an amount of that day is converted: the last one published until then."""
    ctx = request.ctx
    day, target = on or ctx.today(), into or ctx.workspace.currency
    quote = find_quote(ctx, currency, day, into=target)
    if quote is None:
        raise NotFound(kind="exchange rate")
    return QuoteOut(
        currency=currency,
        into=target,
        on=day,
        rate=plain(quote.rate),
        published_on=quote.published_on,
        is_stale=quote.is_stale(day),
    )


@router.get("/gross-margins", response=GrossMarginsOut, operation_id="list_gross_margins", summary="List gross margins")
@endpoint("workspace.set_gross_margins")
def gross_margins(request: ApiRequest) -> GrossMarginsOut:
    """The margin from each month on in which it changed."""
    del request
    return gross_margins_out(GrossMargin.objects.order_by("month"))


@router.put("/gross-margins", response=GrossMarginsOut, operation_id="set_gross_margins", summary="Set gross margins")
@endpoint("workspace.set_gross_margins")
def gross_margins_put(request: ApiRequest, body: GrossMarginsIn) -> GrossMarginsOut:
    """Set the margin of each month sent; all margins are returned."""
    set_gross_margins(request.ctx, {one.month: one.percent for one in body.items})
    return gross_margins_out(GrossMargin.objects.order_by("month"))
