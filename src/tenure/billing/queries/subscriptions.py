"""Finding subscriptions and their items: one by id, those of an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from tenure.billing.models import Subscription, SubscriptionItem
from tenure.kernel.errors import NotFound
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def get_subscription(
    ctx: Context, subscription_id: UUID, *, permission: str = "billing.view", lock: bool = False
) -> Subscription:
    """The living subscription, where the caller holds `permission` on its account; else raises NotFound."""
    rows = Subscription.objects.filter(scope_filter(ctx, permission, Subscription), pk=subscription_id)
    rows = rows.select_for_update(of=("self",)) if lock else rows.select_related("account", "opportunity")
    subscription = rows.first()
    if subscription is None:
        raise NotFound(kind="subscription")
    return subscription


def get_item(ctx: Context, item_id: UUID, *, permission: str = "billing.view", lock: bool = False) -> SubscriptionItem:
    """The living item with its subscription, where the caller holds `permission` on its account; else raises NotFound."""
    rows = SubscriptionItem.objects.filter(scope_filter(ctx, permission, SubscriptionItem), pk=item_id).select_related(
        "subscription"
    )
    item = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if item is None:
        raise NotFound(kind="subscription_item")
    return item


def subscriptions_of(ctx: Context, account_id: UUID) -> QuerySet[Any]:
    """The subscriptions of an account, latest first."""
    rows = Subscription.objects.filter(scope_filter(ctx, "billing.view", Subscription), account_id=account_id)
    return rows.order_by("-starts_on", "-id")


def items_of(_ctx: Context, subscription_id: UUID) -> QuerySet[Any]:
    """The items of a subscription, in the order in which they were added."""
    return SubscriptionItem.objects.filter(subscription_id=subscription_id).order_by("id")
