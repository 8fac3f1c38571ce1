"""The terms of an item change from a day on: another plan, quantity or price."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from tenure.billing.errors import ChangeOutsideItem
from tenure.billing.models import SubscriptionItem
from tenure.billing.queries.subscriptions import get_item
from tenure.billing.records import ITEM
from tenure.billing.records.item_fields import TERMS
from tenure.workspace.action import action
from tenure.workspace.change_sets import finish_change_set, start_change_set
from tenure.workspace.enums import ChangeSetKind
from tenure.workspace.records import Change, insert_records, update_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context

CARRIED = (*(field.name for field in TERMS), "currency")


@action("billing.change_item")
def change_item(ctx: Context, item_id: UUID, *, on: date, values: Mapping[str, Any]) -> SubscriptionItem:
    """End the item on the day and begin one in its place that has its terms but for `values`; the new item, which replaces it.

    Both change at one instant, so the movement is the difference. One change set of two rows, which can be undone.
    Raises NotFound, ChangeOutsideItem, AmountNegative, CurrencyUnknown. Not idempotent.
    """
    item = get_item(ctx, item_id, permission="billing.change_item", lock=True)
    subscription = item.subscription
    starts_on, ends_on = item.starts_on or subscription.starts_on, item.ends_on or subscription.ends_on
    if on <= starts_on or (ends_on is not None and on >= ends_on):
        raise ChangeOutsideItem(on=on)
    carried = ITEM.read(ctx, [item], CARRIED)[0]
    if {"net_amount", "list_amount"} & values.keys() and "discount" not in values:
        carried = {
            name: value
            for name, value in carried.items()
            if name not in {"net_amount", "list_amount", "discount", "discount_ends_on"}
        }
    fresh = {**carried, "subscription": subscription.pk, "starts_on": on, "ends_on": item.ends_on, **values}
    change_set, log = start_change_set(ctx, ChangeSetKind.EDIT, title=str(item))
    within = ctx.within(log)
    update_records(within, ITEM, [Change(item, {"ends_on": on})])
    made = cast("SubscriptionItem", ITEM.build(ctx, fresh))
    made.replaces_id = item.pk
    insert_records(within, ITEM, [made], fresh.keys())
    finish_change_set(ctx, change_set, created=1, updated=1)
    made.last_change_set = change_set
    ctx.audit(made, replaces=str(item.pk), on=on.isoformat())
    return made
