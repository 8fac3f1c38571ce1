"""What winning customers cost in a window, in the reporting currency, and the gross margin of a day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from tenure.kernel.rounding import as_fraction
from tenure.market.queries.costs import channel_sums, other_sums
from tenure.workspace.models import GrossMargin
from tenure.workspace.queries.exchange_rates import find_quotes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tenure.workspace.context import Context


class Spending(NamedTuple):
    """Costs in minor units of the reporting currency: by channel, and what no channel bears; exposures by channel.

    unrated: currencies without a rate, whose costs are missing from the sums.
    """

    by_channel: dict[UUID, Fraction]
    other: Fraction
    exposures: dict[UUID, int]
    unrated: frozenset[str]

    @property
    def total(self) -> Fraction:
        """All of it."""
        return sum(self.by_channel.values(), self.other)


def spending(ctx: Context, start: dt.date | None, end: dt.date) -> Spending:
    """Costs of [start, end), converted at the rates of its last day."""
    last = end - dt.timedelta(days=1)
    channels, others = channel_sums(ctx, start=start, end=end), other_sums(ctx, start=start, end=end)
    currencies = {row.currency for row in channels} | {row.currency for row in others}
    rates = _rates(ctx, currencies, last)
    by_channel: dict[UUID, Fraction] = {}
    exposures: dict[UUID, int] = {}
    for row in channels:
        by_channel[row.channel_id] = by_channel.get(row.channel_id, Fraction(0)) + row.cost_minor * rates.get(
            row.currency, Fraction(0)
        )
        exposures[row.channel_id] = exposures.get(row.channel_id, 0) + row.exposures
    other = sum((row.amount_minor * rates.get(row.currency, Fraction(0)) for row in others), Fraction(0))
    return Spending(by_channel, other, exposures, frozenset(currencies - set(rates)))


def _rates(ctx: Context, currencies: Iterable[str], on: dt.date) -> dict[str, Fraction]:
    wanted = {currency or ctx.workspace.currency for currency in currencies}
    quotes = find_quotes(ctx, [(currency, on) for currency in wanted])
    return {currency: as_fraction(quote.rate) for (currency, _), quote in quotes.items()}


def gross_margin_on(_ctx: Context, day: dt.date) -> Decimal | None:
    """The gross margin in force on a day, as a share; None where none was set by then."""
    found = GrossMargin.objects.filter(month__lte=day).order_by("-month").values_list("percent", flat=True).first()
    return None if found is None else Decimal(found) / 100
