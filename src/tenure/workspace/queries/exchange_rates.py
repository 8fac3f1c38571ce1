"""Reading exchange rates: the rate of a day is the last one published on or before it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Context as Precision
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection

from tenure.kernel.money import minor_digits

if TYPE_CHECKING:
    from tenure.workspace.context import Context

EURO = "EUR"
# Longer than any run of holidays: a rate older than this is of a currency that is no longer published.
FRESH_FOR = timedelta(days=10)
_WIDE = Precision(prec=60)
_PLACES = Decimal(1).scaleb(-12)

_RATES = """
SELECT wanted.currency, wanted.held_on, rate.per_euro, rate.published_on
FROM unnest(%s::text[], %s::date[]) AS wanted(currency, held_on)
CROSS JOIN LATERAL (
  SELECT per_euro, published_on FROM workspace_exchangerate
  WHERE workspace_id = (SELECT tenure_workspace()) AND currency = wanted.currency COLLATE "C" AND published_on <= wanted.held_on
  ORDER BY published_on DESC LIMIT 1
) AS rate
"""


@dataclass(frozen=True, slots=True)
class Quote:
    """What one minor unit of a currency is worth in minor units of another, twelve decimals, and when that was published."""

    rate: Decimal
    published_on: date

    def is_stale(self, on: date) -> bool:
        """Whether the rate is so old on that day that the currency is probably published no more."""
        return on - self.published_on > FRESH_FOR


def find_quotes(ctx: Context, wanted: Iterable[tuple[str, date]], *, into: str = "") -> dict[tuple[str, date], Quote]:
    """The quotes of (currency, day) pairs into the reporting currency, or another. A pair without a published rate is left out.

    Two currencies meet over the euro; the older of the two rates says how old the quote is. One query for all pairs.
    """
    target = into or ctx.workspace.currency
    pairs = set(wanted)
    found = _per_euro(
        {pair for pair in pairs if pair[0] != target} | {(target, on) for currency, on in pairs if currency != target}
    )
    quotes: dict[tuple[str, date], Quote] = {}
    for currency, on in pairs:
        if currency == target:
            quotes[currency, on] = Quote(Decimal(1), on)
        elif (source := found.get((currency, on))) and (goal := found.get((target, on))):
            rate = _WIDE.divide(goal[0], source[0]).scaleb(minor_digits(target) - minor_digits(currency), context=_WIDE)
            quotes[currency, on] = Quote(rate.quantize(_PLACES, context=_WIDE), min(source[1], goal[1]))
    return quotes


def find_quote(ctx: Context, currency: str, on: date, *, into: str = "") -> Quote | None:
    """The quote of one currency on one day; None where none was published yet."""
    return find_quotes(ctx, [(currency, on)], into=into).get((currency, on))


def _per_euro(wanted: Collection[tuple[str, date]]) -> dict[tuple[str, date], tuple[Decimal, date]]:
    found = {(currency, on): (Decimal(1), on) for currency, on in wanted if currency == EURO}
    asked = [pair for pair in wanted if pair not in found]
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(_RATES, [[currency for currency, _ in asked], [on for _, on in asked]])
            found |= {(currency, on): (per_euro, published_on) for currency, on, per_euro, published_on in cursor.fetchall()}
    return found


@dataclass(frozen=True, slots=True)
class CurrencyRates:
    """What is known of one currency: its latest rate and the days between which it was published."""

    currency: str
    per_euro: Decimal
    first_on: date
    last_on: date
    days: int


_SUMMARY = """
SELECT currency, min(published_on), max(published_on), count(*),
  (SELECT per_euro FROM workspace_exchangerate AS latest
   WHERE latest.workspace_id = (SELECT tenure_workspace()) AND latest.currency = known.currency ORDER BY published_on DESC LIMIT 1)
FROM workspace_exchangerate AS known WHERE workspace_id = (SELECT tenure_workspace()) GROUP BY currency ORDER BY currency
"""


def list_currencies(_ctx: Context) -> list[CurrencyRates]:
    """Every currency that rates are known of, by code."""
    with connection.cursor() as cursor:
        cursor.execute(_SUMMARY)
        return [CurrencyRates(currency, rate, first, last, days) for currency, first, last, days, rate in cursor.fetchall()]
