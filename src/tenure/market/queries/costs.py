"""What winning customers cost in a period: each channel's days, and what no channel bears. Amounts stay in their currencies."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import Q, Sum

from tenure.market.models import ChannelDay, OtherCost
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context


class ChannelSum(NamedTuple):
    """A channel's days added up, in one currency."""

    channel_id: UUID
    currency: str
    cost_minor: int
    exposures: int
    clicks: int


class OtherSum(NamedTuple):
    """Other costs of one kind added up, in one currency."""

    kind: str
    currency: str
    amount_minor: int


def channel_sums(ctx: Context, *, start: date | None = None, end: date | None = None) -> list[ChannelSum]:
    """Costs, exposures and clicks by channel and currency, of days in [start, end); None leaves that end open."""
    days = ChannelDay.objects.filter(scope_filter(ctx, "market.view", ChannelDay), _within(start, end))
    sums = days.order_by().values_list("channel_id", "currency").annotate(Sum("cost_minor"), Sum("exposures"), Sum("clicks"))
    return [ChannelSum(channel, currency, int(cost), int(seen), int(clicks)) for channel, currency, cost, seen, clicks in sums]


def other_sums(ctx: Context, *, start: date | None = None, end: date | None = None) -> list[OtherSum]:
    """Other costs by kind and currency, of days in [start, end); None leaves that end open."""
    costs = OtherCost.objects.filter(scope_filter(ctx, "market.view", OtherCost), _within(start, end))
    return [
        OtherSum(kind, currency, int(amount))
        for kind, currency, amount in costs.order_by().values_list("kind", "currency").annotate(Sum("amount_minor"))
    ]


def _within(start: date | None, end: date | None) -> Q:
    condition = Q()
    if start is not None:
        condition &= Q(on__gte=start)
    if end is not None:
        condition &= Q(on__lt=end)
    return condition
