"""Somebody keeps a list's filters, sort and columns under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from tenure.kernel.errors import FieldProblem, Invalid, NotFound
from tenure.workspace.action import action
from tenure.workspace.lists import ListSpec, ListState
from tenure.workspace.models import SavedView

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MAX_NAME = 60


@action("workspace.save_view")
def save_view(ctx: Context, spec: ListSpec, *, name: str, query: str, is_shared: bool) -> SavedView:
    """Keep `query` (a list's URL state) as `name`, for everybody or for the caller. The same name is overwritten.

    Raises Invalid for an empty name, FieldUnknown for a query that the list does not understand.
    """
    name = name.strip()[:MAX_NAME]
    if not name:
        raise Invalid([FieldProblem("name", _("Give the view a name."))])
    state = ListState.of_query(ctx, spec, query)
    owner_id = None if is_shared else ctx.member_id
    view, _created = SavedView.objects.update_or_create(
        workspace_id=ctx.workspace.pk,
        list_name=spec.name,
        name=name,
        owner_id=owner_id,
        defaults={"query": state.query()},
        create_defaults={"query": state.query(), "created_at": ctx.now()},
    )
    return view


@action("workspace.save_view")
def delete_view(ctx: Context, spec: ListSpec, view_id: UUID) -> None:
    """Forget a saved view: one's own, or one of everybody's. Raises NotFound."""
    mine = Q(owner_id=None) | Q(owner_id=ctx.member_id)
    count, _rows = SavedView.objects.filter(mine, list_name=spec.name, pk=view_id).delete()
    if not count:
        raise NotFound(kind="view")
