"""A subscription gets a further item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from tenure.billing.models import SubscriptionItem
from tenure.billing.queries.subscriptions import get_subscription
from tenure.billing.records import ITEM
from tenure.workspace.action import action
from tenure.workspace.records import guard_external_id, insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("billing.create_item")
def create_item(ctx: Context, values: Mapping[str, Any]) -> SubscriptionItem:
    """Write an item. values: field name (records/item.py) to typed value; subscription and plan are needed.

    Raises NotFound, ExternalIdTaken, SubscriptionEndsBeforeItStarts, AmountNegative, CurrencyUnknown. Not idempotent.
    """
    get_subscription(ctx, values["subscription"], permission="billing.create_item", lock=True)
    guard_external_id(ITEM, values)
    item = cast("SubscriptionItem", ITEM.build(ctx, dict(values)))
    insert_records(ctx, ITEM, [item], values.keys())
    ctx.audit(item, fields=sorted(values))
    return item
