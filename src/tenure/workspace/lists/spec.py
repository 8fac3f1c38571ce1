"""What a room says about one of its lists, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.lists.columns import Column, Label
    from tenure.workspace.models.base import Scoped


@dataclass(frozen=True, slots=True)
class ListSpec:
    """A list of `model`: its columns, how text is searched in it, what a page of it must load besides.

    search: (ctx, text) to the condition of matching rows. load: a page's rows get what their cells show (owners' names), in a
    constant number of queries. extra_columns: the workspace's custom fields.
    """

    name: str
    label: Label
    model: type[Scoped]
    permission: str
    columns: Sequence[Column]
    default_sort: str
    search: Callable[[Context, str], Q] | None = None
    load: Callable[[Context, list[Any]], None] | None = None
    related: Sequence[str] = ()
    extra_columns: list[Callable[[Context], Iterable[Column]]] = field(default_factory=list)

    def columns_for(self, ctx: Context) -> list[Column]:
        """All columns of the list in this workspace."""
        return [*self.columns, *(column for extra in self.extra_columns for column in extra(ctx))]

    def rows(self, ctx: Context) -> QuerySet[Any]:
        """The rows the caller may see, related ones joined."""
        rows = self.model.objects.filter(scope_filter(ctx, self.permission, self.model))
        return rows.select_related(*self.related) if self.related else rows


list_specs: dict[str, ListSpec] = {}


def register_list(spec: ListSpec) -> None:
    """Make a list known to saved views, bulk work and exports."""
    list_specs[spec.name] = spec
