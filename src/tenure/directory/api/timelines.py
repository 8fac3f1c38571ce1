"""Timelines over the API: what happened with an account or a person, the latest first."""

from __future__ import annotations

from uuid import UUID

from ninja import Router

from tenure.directory.lists.touches import TIMELINE
from tenure.directory.queries.accounts import get_account
from tenure.directory.queries.people import get_person
from tenure.directory.schemas.timeline import TimelinePage, entry_out
from tenure.workspace.endpoints import ApiRequest, cursor_page, endpoint, list_state

router = Router(tags=["Timelines"])


@router.get(
    "/accounts/{uuid:account_id}/timeline",
    response=TimelinePage,
    operation_id="list_account_timeline",
    summary="List what happened with an account",
)
@endpoint("directory.view", lists=TIMELINE)
def account_timeline(request: ApiRequest, account_id: UUID) -> TimelinePage:
    """Every line of the account's timeline, whichever part of Tenure tells it."""
    state = list_state(request, TIMELINE).narrowed(account=str(get_account(request.ctx, account_id).pk))
    return cursor_page(request, TIMELINE, TimelinePage, entry_out, state=state)


@router.get(
    "/people/{uuid:person_id}/timeline",
    response=TimelinePage,
    operation_id="list_person_timeline",
    summary="List what happened with a person",
)
@endpoint("directory.view", lists=TIMELINE)
def person_timeline(request: ApiRequest, person_id: UUID) -> TimelinePage:
    """Every line of the person's timeline."""
    state = list_state(request, TIMELINE).narrowed(person=str(get_person(request.ctx, person_id).pk))
    return cursor_page(request, TIMELINE, TimelinePage, entry_out, state=state)
