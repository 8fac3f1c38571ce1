"""The bell's page: what one was told, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tenure.workspace.actions.mark_notifications_read import mark_notifications_read
from tenure.workspace.models import Notification
from tenure.workspace.notifying import kinds, sentence_of
from tenure.workspace.pages import page, see_other
from tenure.workspace.queries.notifications import own_notifications

if TYPE_CHECKING:
    from tenure.workspace.pages import Request

PAGE_ROWS = 50
ANY_ICON = "bell"


@page("workspace.read_notifications")
@require_GET
def notifications(request: Request) -> HttpResponse:
    """What one was told in the last 90 days."""
    ctx = request.ctx
    rows = own_notifications(ctx)
    after = _after(request)
    if after is not None:
        rows = rows.filter(at__lte=after.at).exclude(at=after.at, id__gte=after.pk)
    found = list(rows[: PAGE_ROWS + 1])
    here = reverse("workspace:notifications", args=[ctx.workspace.slug])
    context = {
        "page_title": _("Notifications"),
        "rows": [_drawn(row) for row in found[:PAGE_ROWS]],
        "has_unread": any(row.read_at is None for row in found),
        "next_url": f"{here}?after={found[PAGE_ROWS - 1].pk}" if len(found) > PAGE_ROWS else "",
        "first_url": here if after is not None else "",
    }
    return render(request, "workspace/notifications.html", context)


@page("workspace.read_notifications")
@require_POST
def notification_readings(request: Request) -> HttpResponse:
    """Mark all as read and stay; or mark one, and go where it leads."""
    here = reverse("workspace:notifications", args=[request.ctx.workspace.slug])
    wanted = request.POST.get("id", "")
    if not wanted:
        mark_notifications_read(request.ctx)
        return see_other(here)
    try:
        row = mark_notifications_read(request.ctx, UUID(wanted))
    except ValueError:
        return see_other(here)
    return see_other(f"/{request.ctx.workspace.slug}/{row.path}" if row is not None and row.path else here)


def _drawn(row: Notification) -> dict[str, Any]:
    kind = kinds.get(row.kind)
    return {"row": row, "sentence": sentence_of(row), "icon": kind.icon if kind else ANY_ICON, "is_unread": row.read_at is None}


def _after(request: Request) -> Notification | None:
    try:
        return own_notifications(request.ctx).filter(pk=UUID(request.GET.get("after", ""))).first()
    except ValueError:
        return None
