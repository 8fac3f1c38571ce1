"""Saved views of a list: everybody's, then one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from tenure.workspace.models import SavedView

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.lists import ListSpec

MOST_VIEWS = 100


def list_saved_views(ctx: Context, spec: ListSpec) -> list[SavedView]:
    """The views the caller sees, in their order."""
    mine = Q(owner_id=None) | Q(owner_id=ctx.member_id) if ctx.member_id else Q(owner_id=None)
    return list(SavedView.objects.filter(mine, list_name=spec.name).order_by("position", "created_at")[:MOST_VIEWS])
