"""A member has seen what they were told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.queries.notifications import own_notifications

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context
    from tenure.workspace.models import Notification


@action("workspace.read_notifications")
def mark_notifications_read(ctx: Context, notification_id: UUID | None = None) -> Notification | None:
    """Mark one of the acting member's notifications as read, or all of them; returns the one.

    Somebody else's is not found: nothing happens. Idempotent: what was read keeps the time it was read first.
    """
    rows = own_notifications(ctx)
    if notification_id is not None:
        rows = rows.filter(pk=notification_id)
    marked = rows.filter(read_at__isnull=True).order_by().update(read_at=ctx.now())
    ctx.audit(notifications=marked)
    return None if notification_id is None else rows.first()
