"""Further items of subscriptions that should not be there go; they come back by undo."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.billing.errors import FirstItemStays
from tenure.billing.models import SubscriptionItem
from tenure.billing.records import ITEM
from tenure.kernel.errors import NotFound
from tenure.workspace.action import action
from tenure.workspace.actions.bulk_delete import bulk_delete
from tenure.workspace.models import ChangeSet
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("billing.delete_items")
def delete_items(ctx: Context, ids: Collection[UUID], *, reason: str = "") -> ChangeSet:
    """Delete the items the caller may delete, as one change set. Raises NotFound, FirstItemStays."""
    rows = SubscriptionItem.objects.filter(scope_filter(ctx, "billing.delete_items", SubscriptionItem), pk__in=list(ids))
    found = list(rows.select_for_update(of=("self",)))
    if not found:
        raise NotFound(kind="subscription_item")
    if any(item.is_first for item in found):
        raise FirstItemStays
    return bulk_delete(ctx, ITEM, found, reason=reason)
