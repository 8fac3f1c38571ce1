"""Somebody corrects or completes a subscription."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.billing.models import Subscription
from tenure.billing.queries.subscriptions import get_subscription
from tenure.billing.records import SUBSCRIPTION
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("billing.update_subscription")
def update_subscription(
    ctx: Context, subscription_id: UUID, values: Mapping[str, Any], *, version: int | None = None
) -> Subscription:
    """Set the fields in `values`, as a change set of one row. What is corrected was always so: terms that change from a day on are change_item's.

    version: the version the caller had in hand; raises RecordChanged where it is no longer that. Raises NotFound, ExternalIdTaken,
    SubscriptionEndsBeforeItStarts, AmountNegative, CurrencyUnknown. Idempotent: the same values change nothing more.
    """
    subscription = get_subscription(ctx, subscription_id, permission="billing.update_subscription", lock=True)
    edit_record(ctx, SUBSCRIPTION, subscription, values, version=version)
    return subscription
