"""Lists over the API: what can be filtered and sorted by, saved views, and the list as a file."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.http.response import HttpResponseBase
from ninja import Query, Router

from tenure.workspace.actions.save_view import delete_view, save_view
from tenure.workspace.endpoints import ApiRequest, endpoint, list_state
from tenure.workspace.endpoints.lists import seen_list
from tenure.workspace.exports import export_response
from tenure.workspace.lists import list_specs
from tenure.workspace.queries.saved_views import list_saved_views
from tenure.workspace.schemas import ListOut, ListsOut, SavedViewIn, SavedViewOut, SavedViewsOut, list_out, saved_view_out

router = Router(tags=["Lists"])


@router.get("/lists", response=ListsOut, operation_id="list_lists", summary="List the lists")
@endpoint("workspace.view")
def lists(request: ApiRequest) -> ListsOut:
    """The lists the key may see."""
    ctx = request.ctx
    return ListsOut(items=[list_out(ctx, spec) for spec in list_specs.values() if ctx.holds(spec.permission)])


@router.get("/lists/{name}", response=ListOut, operation_id="get_list", summary="Get a list's columns")
@endpoint("workspace.view")
def one_list(request: ApiRequest, name: str) -> ListOut:
    """The columns of a list, the workspace's own fields included."""
    return list_out(request.ctx, seen_list(request, name))


@router.get("/lists/{name}/views", response=SavedViewsOut, operation_id="list_saved_views", summary="List saved views")
@endpoint("workspace.view")
def saved_views(request: ApiRequest, name: str) -> SavedViewsOut:
    """The saved views of a list that are everybody's."""
    return SavedViewsOut(items=[saved_view_out(view) for view in list_saved_views(request.ctx, seen_list(request, name))])


@router.post("/lists/{name}/views", response={201: SavedViewOut}, operation_id="save_view", summary="Save a view")
@endpoint("workspace.save_view")
def saved_views_post(request: ApiRequest, name: str, body: SavedViewIn) -> SavedViewOut:
    """Keep a list's filters, sort and columns under a name, for everybody."""
    return saved_view_out(save_view(request.ctx, seen_list(request, name), name=body.name, query=body.query, is_shared=True))


@router.delete(
    "/lists/{name}/views/{uuid:view_id}", response={204: None}, operation_id="delete_saved_view", summary="Delete a saved view"
)
@endpoint("workspace.save_view")
def saved_view_delete(request: ApiRequest, name: str, view_id: UUID) -> None:
    """Forget a saved view that is everybody's."""
    delete_view(request.ctx, seen_list(request, name), view_id)


@router.get(
    "/lists/{name}/export",
    operation_id="export_list",
    summary="Export a list",
    openapi_extra={
        "responses": {
            200: {
                "description": "The rows as a file.",
                "content": {"text/csv": {}, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {}},
            }
        }
    },
)
@endpoint("workspace.export")
def export(
    request: ApiRequest,
    name: str,
    form: Annotated[Literal["csv", "xlsx"], Query(alias="format", description="The form of the file.")] = "csv",
    q: Annotated[str, Query(max_length=200, description="Words to search for; each must begin a word of the record.")] = "",
    sort: Annotated[str, Query(max_length=100, description="A column, descending with a minus before it.")] = "",
    columns: Annotated[str, Query(max_length=2000, description="Names of columns, separated by commas.")] = "",
) -> HttpResponseBase:
    """All that the list finds, with the columns asked for, as a file. Every filter of the list is a parameter here too."""
    del q, sort, columns  # read with the filters, as of the list's page
    spec = seen_list(request, name)
    return export_response(request.ctx, spec, list_state(request, spec), form=form)
