"""A list's state: filters, sort, columns and place, as they stand in the URL, a saved view or an API call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from tenure.workspace.errors import FieldUnknown, FilterInvalid

if TYPE_CHECKING:
    from django.http import QueryDict

    from tenure.workspace.context import Context
    from tenure.workspace.lists.columns import Column
    from tenure.workspace.lists.spec import ListSpec

RESERVED = frozenset({"q", "sort", "columns", "after", "before", "limit", "view", "format", "preview"})


FROM, TO = "__from", "__to"


def joined(query: QueryDict) -> dict[str, str]:
    """URL parameters with what plain forms send apart put together: ticked boxes by commas, two ends of a range by `..`."""
    parameters: dict[str, str] = {}
    for name in query:
        value = ",".join(part for part in query.getlist(name) if part)
        stem = name.removesuffix(FROM).removesuffix(TO)
        if stem == name:
            parameters[name] = value
        elif stem not in parameters:
            low, high = query.get(stem + FROM, ""), query.get(stem + TO, "")
            parameters[stem] = f"{low}..{high}" if low or high else ""
    return parameters


@dataclass(frozen=True, slots=True)
class ListState:
    """What is asked of a list. `filters` maps column names to filter values (columns.py says how they read)."""

    filters: Mapping[str, str] = field(default_factory=dict)
    search: str = ""
    sort: str = ""
    columns: tuple[str, ...] = ()
    after: str = ""
    before: str = ""

    @classmethod
    def read(cls, ctx: Context, spec: ListSpec, parameters: Mapping[str, str]) -> ListState:
        """The state that URL parameters ask for. Raises FieldUnknown for a filter, sort or column the list does not have."""
        known = {column.name: column for column in spec.columns_for(ctx)}
        filters = {name: value for name, value in parameters.items() if name not in RESERVED and value}
        sort = parameters.get("sort", "") or spec.default_sort
        columns = tuple(name for name in parameters.get("columns", "").split(",") if name)
        for name in (*filters, *columns):
            if name not in known:
                raise FieldUnknown(name=name)
        for name in filters:
            if not known[name].is_filter:
                raise FieldUnknown(name=name)
        for name, value in parameters.items():
            if "\x00" in value:
                raise FilterInvalid(name=name, value=value.replace("\x00", "\ufffd"))
        if not known.get(sort.lstrip("-")) or not known[sort.lstrip("-")].sort:
            raise FieldUnknown(name=sort)
        return cls(
            filters, parameters.get("q", "").strip(), sort, columns, parameters.get("after", ""), parameters.get("before", "")
        )

    @classmethod
    def of_query(cls, ctx: Context, spec: ListSpec, query: str) -> ListState:
        """The state kept in a saved view or sent along with a selection."""
        return cls.read(ctx, spec, dict(parse_qsl(query, keep_blank_values=False)))

    @property
    def is_descending(self) -> bool:
        """Whether the greatest comes first."""
        return self.sort.startswith("-")

    @property
    def sort_name(self) -> str:
        """The column sorted by."""
        return self.sort.lstrip("-")

    def shown(self, ctx: Context, spec: ListSpec) -> list[Column]:
        """The columns to show, in order."""
        known = {column.name: column for column in spec.columns_for(ctx)}
        if self.columns:
            return [known[name] for name in self.columns]
        return [column for column in known.values() if column.is_default]

    def query(self, **changes: str) -> str:
        """The URL query of this state without its place, with `changes` laid over (empty: taken away)."""
        parts = dict(self.filters)
        parts |= {"q": self.search, "sort": self.sort, "columns": ",".join(self.columns)}
        parts |= changes
        return urlencode({name: value for name, value in parts.items() if value})

    def without(self, name: str) -> ListState:
        """The state with one filter taken away."""
        return replace(self, filters={key: value for key, value in self.filters.items() if key != name}, after="", before="")

    def narrowed(self, **filters: str) -> ListState:
        """The state with filters of the caller's own, which no parameter can widen."""
        return replace(self, filters={**self.filters, **filters})
