"""Amounts as the reader writes them, put on rows that a page is about to draw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from tenure.workspace import formats

if TYPE_CHECKING:
    from tenure.billing.models import MrrMovement, Subscription, SubscriptionItem
    from tenure.workspace.context import Context

Row = TypeVar("Row", bound="MrrMovement | Subscription")


def show_amounts(ctx: Context, rows: Iterable[Row]) -> list[Row]:
    """Put `shown` on subscriptions and movements: what they are worth a month, to the cent."""
    found = list(rows)
    for row in found:
        row.shown = formats.money(row.monthly, ctx, cents=True)
    return found


def show_item_amounts(ctx: Context, items: Iterable[SubscriptionItem]) -> list[SubscriptionItem]:
    """Put `net_shown` and `list_shown` on items: amounts an interval, to the cent."""
    found = list(items)
    for item in found:
        item.net_shown = formats.money(item.net_amount, ctx, cents=True)
        item.list_shown = formats.money(item.list_amount, ctx, cents=True)
    return found
