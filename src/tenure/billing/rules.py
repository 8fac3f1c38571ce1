"""What every subscription and item must keep to, whoever writes it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from tenure.billing.errors import AmountNegative, CurrencyUnknown, SubscriptionEndsBeforeItStarts

_CODE = re.compile(r"[A-Z]{3}")


def check_period(starts_on: date | None, ends_on: date | None) -> None:
    """Raise SubscriptionEndsBeforeItStarts; one that ends on its first day is allowed, and never active."""
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise SubscriptionEndsBeforeItStarts(starts=starts_on, ends=ends_on)


def check_amounts(*amounts: int | Decimal) -> None:
    """Raise AmountNegative."""
    if any(amount < 0 for amount in amounts):
        raise AmountNegative


def check_currency(currency: str) -> None:
    """Raise CurrencyUnknown."""
    if not _CODE.fullmatch(currency):
        raise CurrencyUnknown(currency=currency)
