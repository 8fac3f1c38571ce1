"""The central bank's reference rates are loaded, again as often as one likes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import IO, TYPE_CHECKING

from django.db import connection

from tenure.workspace.action import action
from tenure.workspace.events_of_rates import ExchangeRatesImported
from tenure.workspace.rates_file import PublishedRate, RatesUnreadable, read_rates

if TYPE_CHECKING:
    from tenure.workspace.context import Context

_BATCH = 20_000
_WRITE = """
INSERT INTO workspace_exchangerate AS known (workspace_id, currency, published_on, per_euro)
SELECT %s, currency, published_on, per_euro FROM unnest(%s::text[], %s::date[], %s::numeric[]) AS fresh(currency, published_on, per_euro)
ON CONFLICT (workspace_id, currency, published_on) DO UPDATE SET per_euro = excluded.per_euro WHERE known.per_euro <> excluded.per_euro
RETURNING (xmax = 0)
"""


@dataclass(frozen=True, slots=True)
class RatesImported:
    """How many rates the file held, how many of them were new and how many differed; the days it spans."""

    read: int
    added: int
    changed: int
    first_on: date
    last_on: date


@action("workspace.import_exchange_rates")
def import_exchange_rates(ctx: Context, content: IO[bytes]) -> RatesImported:
    """Load a file of reference rates (rates_file.py), whole or not at all.

    Raises RatesUnreadable, RateInvalid. Idempotent by (currency, day): a rate that is there stays, one that differs is corrected.
    """
    ctx.require_everywhere("workspace.import_exchange_rates")
    rates = iter(read_rates(content))
    read = added = changed = 0
    days: list[date] = []
    while batch := list(islice(rates, _BATCH)):
        fresh = write_rates(ctx, batch)
        read += len(batch)
        added += sum(fresh)
        changed += len(fresh) - sum(fresh)
        days += [rate.published_on for rate in batch]
        days = [min(days), max(days)]
    if not read:
        raise RatesUnreadable(reason="it holds no rate.")
    ctx.emit(ExchangeRatesImported(ctx.workspace.pk, None, None, first_on=days[0], last_on=days[1]))
    ctx.audit(ctx.workspace, rates=read, added=added, changed=changed)
    return RatesImported(read, added, changed, *days)


def write_rates(ctx: Context, batch: list[PublishedRate]) -> list[bool]:
    """Add or correct these rates; for each one that was written, whether it is new."""
    by_key = {(rate.currency, rate.published_on): rate for rate in batch}
    columns = [
        [rate.currency for rate in by_key.values()],
        [rate.published_on for rate in by_key.values()],
        [rate.per_euro for rate in by_key.values()],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [ctx.workspace.pk, *columns])  # type: ignore[list-item]
        return [is_new for (is_new,) in cursor.fetchall()]
