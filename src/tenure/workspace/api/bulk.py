"""Bulk work over the API: many records of a list edited or deleted at once, as a change set that undo takes back."""

from __future__ import annotations

from ninja import Router

from tenure.workspace.actions.bulk_edit import bulk_edit
from tenure.workspace.actions.delete_selection import delete_selection
from tenure.workspace.bulk import record_of
from tenure.workspace.bulk_schemas import BulkEditIn, SelectionIn
from tenure.workspace.endpoints import ApiRequest, endpoint
from tenure.workspace.endpoints.bulk_values import bulk_values
from tenure.workspace.endpoints.change_sets import ChangeSetOut, change_set_out
from tenure.workspace.endpoints.lists import seen_list

router = Router(tags=["Lists"])


@router.post("/lists/{name}/bulk-edit", response=ChangeSetOut, operation_id="bulk_edit", summary="Edit many records")
@endpoint("workspace.bulk_edit")
def edits(request: ApiRequest, name: str, body: BulkEditIn) -> ChangeSetOut:
    """Set the same values on the records named, or on all that the list finds; only those the key may change.

    Above 5,000 rows it is done later: the change set says how far it is.
    """
    spec = seen_list(request, name)
    values = bulk_values(request.ctx, record_of(spec), body.values)
    return change_set_out(bulk_edit(request.ctx, spec, body.ids, values, query=body.query, reason=body.reason))


@router.post("/lists/{name}/bulk-delete", response=ChangeSetOut, operation_id="bulk_delete", summary="Delete many records")
@endpoint("workspace.bulk_delete")
def deletions(request: ApiRequest, name: str, body: SelectionIn) -> ChangeSetOut:
    """Delete the records named, or all that the list finds; only those the key may delete. Undo brings them back.

    Above 5,000 rows it is done later: the change set says how far it is.
    """
    spec = seen_list(request, name)
    return change_set_out(delete_selection(request.ctx, spec, body.ids, query=body.query, reason=body.reason))
