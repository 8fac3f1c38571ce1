"""An account begins to subscribe to something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from tenure.billing.models import Subscription
from tenure.billing.records import SUBSCRIPTION
from tenure.workspace.action import action
from tenure.workspace.records import guard_external_id, insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("billing.create_subscription")
def create_subscription(ctx: Context, values: Mapping[str, Any]) -> Subscription:
    """Write a subscription with its first item. values: field name (records/subscription.py) to typed value; account, plan, starts_on are needed.

    Item values, movements, stages and the account's figures follow in the same transaction. Raises ExternalIdTaken,
    SubscriptionEndsBeforeItStarts, AmountNegative, CurrencyUnknown. Not idempotent: an account may subscribe to the same thing twice.
    """
    guard_external_id(SUBSCRIPTION, values)
    subscription = cast("Subscription", SUBSCRIPTION.build(ctx, dict(values)))
    insert_records(ctx, SUBSCRIPTION, [subscription], values.keys())
    ctx.audit(subscription, fields=sorted(values))
    return subscription
