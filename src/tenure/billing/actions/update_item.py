"""Somebody corrects an item of a subscription."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.billing.models import SubscriptionItem
from tenure.billing.queries.subscriptions import get_item
from tenure.billing.records import ITEM
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("billing.update_item")
def update_item(ctx: Context, item_id: UUID, values: Mapping[str, Any], *, version: int | None = None) -> SubscriptionItem:
    """Set the fields in `values`, as a change set of one row. What is corrected was always so: terms that change from a day on are change_item's.

    Raises NotFound, RecordChanged, ExternalIdTaken, SubscriptionEndsBeforeItStarts, AmountNegative, CurrencyUnknown. Idempotent.
    """
    item = get_item(ctx, item_id, permission="billing.update_item", lock=True)
    edit_record(ctx, ITEM, item, values, version=version)
    return item
