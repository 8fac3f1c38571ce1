"""Exchange rates and gross margins over the API."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from ninja import Schema
from pydantic import Field

from tenure.workspace.endpoints.schemas import In

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tenure.workspace.models import GrossMargin
    from tenure.workspace.queries.exchange_rates import CurrencyRates

MOST_MONTHS = 240
LOWEST_PERCENT = -999
Percent = Annotated[Decimal, Field(ge=LOWEST_PERCENT, le=100, max_digits=6, decimal_places=3, examples=["78.5"])]


class CurrencyRatesOut(Schema):
    """What is known of one currency."""

    currency: str
    per_euro: str = Field(description="Units for one euro, as last published.", examples=["1.0843"])
    first_on: date
    last_on: date
    days: int = Field(description="Days on which a rate was published.")


class ExchangeRatesOut(Schema):
    """Every currency that rates are known of, by code."""

    items: list[CurrencyRatesOut]


class QuoteOut(Schema):
    """What one minor unit of a currency is worth in minor units of another."""

    currency: str
    into: str
    on: date
    rate: str
    published_on: date = Field(description="The last day on or before the one asked for on which rates were published.")
    is_stale: bool = Field(description="Whether the rate is so old that the currency is probably published no more.")


class RatesImportedOut(Schema):
    """What a file of rates brought."""

    read: int
    added: int
    changed: int
    first_on: date
    last_on: date


class GrossMarginIn(In):
    """The gross margin of one month."""

    month: date = Field(description="Any day of the month.")
    percent: Percent | None = Field(description="Null forgets the month, which then has the margin of the month before.")


class GrossMarginsIn(In):
    """Gross margins to set; months that are left out stay as they are."""

    items: list[GrossMarginIn] = Field(min_length=1, max_length=MOST_MONTHS)


class GrossMarginOut(Schema):
    """The share of revenue left after the cost of delivering it, from this month on until the next one listed."""

    month: date = Field(description="The month's first day.")
    percent: str


class GrossMarginsOut(Schema):
    """Gross margins, the earliest month first."""

    items: list[GrossMarginOut]


def currency_rates_out(known: CurrencyRates) -> CurrencyRatesOut:
    """The currency as the API writes it."""
    return CurrencyRatesOut(
        currency=known.currency,
        per_euro=plain(known.per_euro),
        first_on=known.first_on,
        last_on=known.last_on,
        days=known.days,
    )


def gross_margins_out(margins: Iterable[GrossMargin]) -> GrossMarginsOut:
    """The margins as the API writes them."""
    return GrossMarginsOut(items=[GrossMarginOut(month=margin.month, percent=plain(margin.percent)) for margin in margins])


def plain(number: Decimal) -> str:
    """An exact number without idle zeros."""
    return f"{number.normalize():f}"
