"""Subscriptions that should not be there go, with their items; all of it comes back by undo."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.billing.models import Subscription
from tenure.billing.records import SUBSCRIPTION
from tenure.kernel.errors import NotFound
from tenure.workspace.action import action
from tenure.workspace.actions.bulk_delete import bulk_delete
from tenure.workspace.models import ChangeSet
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("billing.delete_subscriptions")
def delete_subscriptions(ctx: Context, ids: Collection[UUID], *, reason: str = "") -> ChangeSet:
    """Delete the subscriptions the caller may delete, as one change set; their item values are closed by later facts.

    One that really ended is not deleted but ended (end_subscription). Raises NotFound where none of them is there.
    """
    rows = Subscription.objects.filter(scope_filter(ctx, "billing.delete_subscriptions", Subscription), pk__in=list(ids))
    found = list(rows.select_for_update(of=("self",)))
    if not found:
        raise NotFound(kind="subscription")
    return bulk_delete(ctx, SUBSCRIPTION, found, reason=reason)
