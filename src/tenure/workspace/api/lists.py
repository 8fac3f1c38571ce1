"""Lists over the API: what can be filtered and sorted by, and saved views."""

from __future__ import annotations

from uuid import UUID

from ninja import Router

from tenure.kernel.errors import NotFound
from tenure.workspace.actions.save_view import delete_view, save_view
from tenure.workspace.endpoints import ApiRequest, endpoint
from tenure.workspace.lists import ListSpec, list_specs
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
    return list_out(request.ctx, _spec(request, name))


@router.get("/lists/{name}/views", response=SavedViewsOut, operation_id="list_saved_views", summary="List saved views")
@endpoint("workspace.view")
def saved_views(request: ApiRequest, name: str) -> SavedViewsOut:
    """The saved views of a list that are everybody's."""
    return SavedViewsOut(items=[saved_view_out(view) for view in list_saved_views(request.ctx, _spec(request, name))])


@router.post("/lists/{name}/views", response={201: SavedViewOut}, operation_id="save_view", summary="Save a view")
@endpoint("workspace.save_view")
def saved_views_post(request: ApiRequest, name: str, body: SavedViewIn) -> SavedViewOut:
    """Keep a list's filters, sort and columns under a name, for everybody."""
    return saved_view_out(save_view(request.ctx, _spec(request, name), name=body.name, query=body.query, is_shared=True))


@router.delete(
    "/lists/{name}/views/{uuid:view_id}", response={204: None}, operation_id="delete_saved_view", summary="Delete a saved view"
)
@endpoint("workspace.save_view")
def saved_view_delete(request: ApiRequest, name: str, view_id: UUID) -> None:
    """Forget a saved view that is everybody's."""
    delete_view(request.ctx, _spec(request, name), view_id)


def _spec(request: ApiRequest, name: str) -> ListSpec:
    spec = list_specs.get(name)
    if spec is None or not request.ctx.holds(spec.permission):
        raise NotFound(kind="list")
    return spec
