"""What a room says about one of its lists, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from tenure.workspace.lists.custom import list_columns
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.lists.columns import Column, Label
    from tenure.workspace.models.base import Scoped


@dataclass(frozen=True, slots=True)
class ListSpec:
    """A list of `model`: its columns, how text is searched in it, what a page of it must load besides.

    search: (ctx, text) to the condition of matching rows. load: a page's rows get what their cells show (owners' names), in a
    constant number of queries. record: the record type whose custom fields are columns too.
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
    record: str = ""

    def columns_for(self, ctx: Context) -> list[Column]:
        """All columns of the list in this workspace."""
        return [*self.columns, *(list_columns(ctx, self.record) if self.record else ())]

    def rows(self, ctx: Context) -> QuerySet[Any]:
        """The rows the caller may see, related ones joined."""
        rows = self.model.objects.filter(scope_filter(ctx, self.permission, self.model))
        return rows.select_related(*self.related) if self.related else rows


list_specs: dict[str, ListSpec] = {}


def register_list(spec: ListSpec) -> None:
    """Make a list known to saved views, bulk work and exports."""
    list_specs[spec.name] = spec
