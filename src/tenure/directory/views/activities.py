"""Calls, meetings and mails: write one down, correct it, take it away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.directory.actions.delete_activities import delete_activities
from tenure.directory.actions.log_activity import log_activity
from tenure.directory.actions.update_activity import update_activity
from tenure.directory.enums import ActivityKind, Direction
from tenure.directory.models import Activity
from tenure.directory.queries.accounts import get_account
from tenure.directory.queries.touches import get_touch
from tenure.directory.records import ACTIVITY
from tenure.directory.views.touches import account_page, answer_form, said_of, touch_form
from tenure.workspace.pages import page, say, see_other

if TYPE_CHECKING:
    from tenure.workspace.pages import Request

FIELDS = ("kind", "person", "happened_at", "direction", "outcome", "minutes", "subject", "body")


@page("directory.log_activity")
def account_activities(request: Request, account_id: UUID) -> HttpResponse:
    """A new activity on an account; a call, unless asked otherwise."""
    ctx = request.ctx
    account = get_account(ctx, account_id)
    form = touch_form(ctx, ACTIVITY, FIELDS, request.POST or None, account_id=account.pk)
    form.initial = {
        "kind": ActivityKind.CALL,
        "direction": Direction.OUT,
        "happened_at": ctx.now(),
        "person": request.GET.get("person"),
    }
    return answer_form(
        request,
        form,
        lambda values: log_activity(ctx, {**values, "account": account.pk}),
        title=_("Log a call, meeting or mail"),
        back=account_page(ctx, account.pk, "timeline"),
        said=said_of(ACTIVITY),
    )


@page("directory.update_activity")
def activity_edit(request: Request, activity_id: UUID) -> HttpResponse:
    """The form of an activity."""
    ctx = request.ctx
    activity = get_touch(ctx, Activity, activity_id)
    form = touch_form(ctx, ACTIVITY, FIELDS, request.POST or None, account_id=activity.account_id, row=activity)
    return answer_form(
        request,
        form,
        lambda values: update_activity(ctx, activity_id, values),
        title=str(activity.get_kind_display()),
        back=account_page(ctx, activity.account_id, "timeline"),
        said=_("Saved."),
        removal="directory:activity_removals" if ctx.holds("directory.delete_activity") else "",
        row=activity,
    )


@page("directory.delete_activity")
@require_POST
def activity_removals(request: Request, activity_id: UUID) -> HttpResponse:
    """Delete the activity; the next page offers to take it back."""
    ctx = request.ctx
    activity = get_touch(ctx, Activity, activity_id)
    say(request, _("Deleted."), undo=delete_activities(ctx, [activity_id]))
    return see_other(account_page(ctx, activity.account_id, "timeline"))
