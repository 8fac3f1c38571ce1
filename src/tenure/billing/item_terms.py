"""The terms of items as the records say them now, read for many items at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection

from tenure.billing.domain.item_values import Charge, DiscountDuration
from tenure.billing.domain.rhythm import interval_of
from tenure.billing.domain.terms import ItemTerms

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tenure.workspace.context import Context

_TERMS = """
SELECT item.id, item.subscription_id, subscription.account_id, item.list_minor, item.net_minor, item.currency, item.interval, item.interval_count,
  item.charge, item.discount, item.discount_ends_on, coalesce(item.starts_on, subscription.starts_on) AS starts_on,
  least(item.ends_on, subscription.ends_on) AS ends_on, item.is_trial OR subscription.is_trial AS is_trial,
  coalesce(item.trial_ends_on, subscription.trial_ends_on) AS trial_ends_on, subscription.cancelled_on, subscription.end_reason,
  (item.deleted_at IS NOT NULL OR subscription.deleted_at IS NOT NULL) AS is_gone
FROM billing_subscriptionitem AS item
JOIN billing_subscription AS subscription ON subscription.workspace_id = item.workspace_id AND subscription.id = item.subscription_id
WHERE item.workspace_id = (SELECT tenure_workspace()) AND item.id = ANY(%s::uuid[])
"""


class AgreedItem(NamedTuple):
    """An item, its subscription, and its terms; None where it was deleted."""

    item_id: UUID
    subscription_id: UUID
    account_id: UUID
    terms: ItemTerms | None


def agreed_items(ctx: Context, items: Collection[UUID]) -> list[AgreedItem]:
    """The items with their terms, instants being midnight in the workspace's zone."""
    midnight = _Midnight(ctx.workspace.tz)
    with connection.cursor() as cursor:
        cursor.execute(_TERMS, [list(items)])
        return [_agreed(row, midnight) for row in cursor.fetchall()]


class _Midnight(dict[date, datetime]):
    """The instant at which a civil day begins, remembered."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone

    def __missing__(self, day: date) -> datetime:
        self[day] = at = datetime.combine(day, time(), self.zone)
        return at

    def of(self, day: date | None) -> datetime | None:
        return None if day is None else self[day]


def _agreed(row: Any, midnight: _Midnight) -> AgreedItem:  # noqa: ANN401 - a row of _TERMS
    (item, subscription, account, list_minor, net_minor, currency, interval, count, charge, discount, discount_ends_on, starts_on, ends_on,
     is_trial, trial_ends_on, cancelled_on, end_reason, is_gone) = row  # fmt: skip
    if is_gone or (ends_on is not None and ends_on <= starts_on):
        return AgreedItem(item, subscription, account, None)
    terms = ItemTerms(
        item=item,
        account=account,
        list_minor=list_minor,
        net_minor=net_minor,
        currency=currency,
        starts_at=midnight[starts_on],
        ends_at=midnight.of(ends_on),
        interval=interval_of(interval, count),
        charge=Charge(charge),
        discount=DiscountDuration(discount) if discount else None,
        discount_ends_at=midnight.of(discount_ends_on),
        is_trial=is_trial,
        trial_ends_at=midnight.of(trial_ends_on) if is_trial else None,
        cancelled_at=midnight.of(cancelled_on),
        end_reason=end_reason,
    )
    return AgreedItem(item, subscription, account, terms)
