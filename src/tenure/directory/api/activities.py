"""Activities over the API: calls, meetings and mails."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from tenure.directory.actions.delete_activities import delete_activities
from tenure.directory.actions.log_activity import log_activity
from tenure.directory.actions.update_activity import update_activity
from tenure.directory.lists.touches import ACTIVITIES
from tenure.directory.models import Activity
from tenure.directory.queries.accounts import get_account
from tenure.directory.queries.touches import get_touch
from tenure.directory.records import ACTIVITY
from tenure.directory.schemas.touches import ActivityIn, ActivityOut, ActivityPage, ActivityPatch
from tenure.workspace.endpoints import (
    ApiRequest,
    cursor_page,
    delete_record,
    endpoint,
    list_state,
    record_out,
    record_values,
    tag_made,
    tag_version,
    wanted_version,
)
from tenure.workspace.endpoints.change_sets import ChangeSetOut

router = Router(tags=["Activities"])


@router.get(
    "/accounts/{uuid:account_id}/activities",
    response=ActivityPage,
    operation_id="list_account_activities",
    summary="List an account's activities",
)
@endpoint("directory.view", lists=ACTIVITIES)
def account_activities(request: ApiRequest, account_id: UUID) -> ActivityPage:
    """Calls, meetings and mails with the account, the latest first."""
    state = list_state(request, ACTIVITIES).narrowed(account=str(get_account(request.ctx, account_id).pk))
    return cursor_page(request, ACTIVITIES, ActivityPage, lambda row: _out(request, row), state=state)


@router.post("/activities", response={201: ActivityOut}, operation_id="log_activity", summary="Log an activity")
@endpoint("directory.log_activity")
def activities_post(request: ApiRequest, body: ActivityIn, response: HttpResponse) -> ActivityOut:
    """Write down a call, a meeting or a mail."""
    made = log_activity(request.ctx, record_values(request.ctx, ACTIVITY, body))
    return _out(request, tag_made(response, made, "activity"))


@router.get("/activities/{uuid:activity_id}", response=ActivityOut, operation_id="get_activity", summary="Get an activity")
@endpoint("directory.view")
def activity(request: ApiRequest, activity_id: UUID, response: HttpResponse) -> ActivityOut:
    """One activity. Its version stands in ETag."""
    return _out(request, tag_version(response, get_touch(request.ctx, Activity, activity_id)))


@router.patch(
    "/activities/{uuid:activity_id}", response=ActivityOut, operation_id="update_activity", summary="Change an activity"
)
@endpoint("directory.update_activity", is_versioned=True)
def activity_patch(request: ApiRequest, activity_id: UUID, body: ActivityPatch, response: HttpResponse) -> ActivityOut:
    """Change the fields sent, as a change set that can be undone."""
    values, version = record_values(request.ctx, ACTIVITY, body), wanted_version(request, body.version)
    return _out(request, tag_version(response, update_activity(request.ctx, activity_id, values, version=version)))


@router.delete(
    "/activities/{uuid:activity_id}", response=ChangeSetOut, operation_id="delete_activity", summary="Delete an activity"
)
@endpoint("directory.delete_activity", is_versioned=True)
def activity_delete(request: ApiRequest, activity_id: UUID) -> ChangeSetOut:
    """Delete the activity. The change set returned can be undone."""
    return delete_record(request, ACTIVITY, activity_id, delete_activities)


def _out(request: ApiRequest, row: Activity) -> ActivityOut:
    return record_out(request.ctx, ActivityOut, ACTIVITY, row)
