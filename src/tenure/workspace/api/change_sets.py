"""Change sets over the API: what was done to records, row by row, and taking it back."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Query, Router

from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.endpoints import ApiRequest, cursor_page, endpoint
from tenure.workspace.endpoints.change_sets import ChangeSetOut, ChangeSetPage, change_set_out
from tenure.workspace.endpoints.lists import MOST_ROWS
from tenure.workspace.lists.fetch import PAGE_ROWS
from tenure.workspace.queries.change_sets import get_change_set, list_change_rows
from tenure.workspace.schemas import ChangeRowPage, change_row_out
from tenure.workspace.work_lists import CHANGE_SETS

router = Router(tags=["Change sets"])

LAST_POSITION = 2_147_483_647


@router.get("/change-sets", response=ChangeSetPage, operation_id="list_change_sets", summary="List change sets")
@endpoint("workspace.view", lists=CHANGE_SETS)
def change_sets(request: ApiRequest) -> ChangeSetPage:
    """Edits, bulk edits, bulk deletes, merges and imports, the latest first."""
    return cursor_page(request, CHANGE_SETS, ChangeSetPage, change_set_out)


@router.get("/change-sets/{uuid:change_set_id}", response=ChangeSetOut, operation_id="get_change_set", summary="Get a change set")
@endpoint("workspace.view")
def change_set(request: ApiRequest, change_set_id: UUID) -> ChangeSetOut:
    """One change set: how far it is, while it runs."""
    return change_set_out(get_change_set(request.ctx, change_set_id))


@router.get(
    "/change-sets/{uuid:change_set_id}/rows",
    response=ChangeRowPage,
    operation_id="list_change_set_rows",
    summary="List the rows of a change set",
)
@endpoint("workspace.view")
def change_set_rows(
    request: ApiRequest,
    change_set_id: UUID,
    after: Annotated[int, Query(ge=0, le=LAST_POSITION, description="The cursor `next` of the page before.")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = PAGE_ROWS,
) -> ChangeRowPage:
    """What it did to each record, and after an undo what became of it. Only records of kinds the key may see everywhere."""
    found = list(list_change_rows(request.ctx, get_change_set(request.ctx, change_set_id), after=after, limit=limit + 1))
    following = str(found[limit].position) if len(found) > limit else None
    return ChangeRowPage(items=[change_row_out(row) for row in found[:limit]], next=following, previous=None)


@router.post(
    "/change-sets/{uuid:change_set_id}/undo",
    response=ChangeSetOut,
    operation_id="undo_change_set",
    summary="Undo a change set",
)
@endpoint("workspace.undo_change_set")
def change_set_undo(request: ApiRequest, change_set_id: UUID) -> ChangeSetOut:
    """Take it back. Records changed since, or that others refer to, are kept and listed. Above 5,000 rows it is done later."""
    return change_set_out(undo_change_set(request.ctx, change_set_id))
