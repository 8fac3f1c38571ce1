"""One exchange rate is set by hand: of a currency that no central bank file brings, or for a day that it lacks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.actions.import_exchange_rates import write_rates
from tenure.workspace.errors import RateNotPossible
from tenure.workspace.events_of_rates import ExchangeRatesImported
from tenure.workspace.queries.exchange_rates import EURO
from tenure.workspace.rates_file import PublishedRate

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.import_exchange_rates")
def set_exchange_rate(ctx: Context, currency: str, on: date, per_euro: Decimal) -> None:
    """Set how many units of `currency` one euro buys on a day; it holds until the next day that has a rate.

    currency: a code of three letters, not EUR. per_euro: above zero, twelve decimals. Raises RateNotPossible, PermissionMissing.
    Idempotent by (currency, day): a rate that is there is corrected.
    """
    ctx.require_everywhere("workspace.import_exchange_rates")
    if currency == EURO or not per_euro.is_finite() or per_euro <= 0:
        raise RateNotPossible(currency=currency, rate=str(per_euro))
    write_rates(ctx, [PublishedRate(on, currency, per_euro)])
    ctx.emit(ExchangeRatesImported(ctx.workspace.pk, None, None, first_on=on, last_on=on))
    ctx.audit(ctx.workspace, currency=currency, on=on.isoformat(), per_euro=str(per_euro))
