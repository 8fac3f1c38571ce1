"""Short ways to write item values in tests: amounts in cents, days of 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tenure.billing.domain.item_values import ItemValue
from tenure.kernel.period import Period

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def at(day: float) -> datetime:
    """So many days after New Year."""
    return NEW_YEAR + timedelta(days=day)


def paid(item: str, minor: int, start: float = 0, end: float | None = None, **fields: object) -> ItemValue:
    """A monthly paid value, recorded when it starts."""
    plain = ItemValue(
        item=item,
        account="acme",
        list_minor=minor,
        net_minor=minor,
        currency="EUR",
        valid=Period(at(start), None if end is None else at(end)),
        recorded_at=at(start),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]
