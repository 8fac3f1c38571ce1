"""What a member was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.models import Notification
from tenure.workspace.scope import find_scope

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tenure.workspace.context import Context

MOST_COUNTED = 9


def own_notifications(ctx: Context) -> QuerySet[Notification]:
    """The acting member's notifications, newest first; an API key has none."""
    rows: QuerySet[Notification] = Notification.objects.filter(member_id=ctx.member_id).order_by("-at", "-id")
    return rows if ctx.member_id is not None else rows.none()


def unread_shown(ctx: Context) -> str:
    """How many notifications wait, as the bell shows it: empty, 1 to 9, 9+. One look-up of at most ten entries of an index."""
    if ctx.member_id is None or find_scope() is None:
        return ""
    count = Notification.objects.filter(member_id=ctx.member_id, read_at__isnull=True)[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")
