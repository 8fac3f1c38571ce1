"""One page of a list, the capped count beside it, and the rows that a bulk action takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Value
from django.db.models.functions import Coalesce

from tenure.workspace.custom_fields.catalog import custom_fields
from tenure.workspace.lists.custom import load_custom
from tenure.workspace.lists.keyset import Place, field_at, take_after, take_before
from tenure.workspace.lists.state import ListState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tenure.workspace.context import Context
    from tenure.workspace.lists.spec import ListSpec

PAGE_ROWS = 50
COUNT_CAP = 1000
# As many as a search looks at (directory/queries/accounts.py): what it finds is never walked for. Ids of so many sort in some 20 ms.
FEW = 2000


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page, the cursors of its neighbours (empty: there is none), and how many match, counted to COUNT_CAP + 1."""

    rows: list[Any]
    next: str
    previous: str
    count: int


def matching(ctx: Context, spec: ListSpec, state: ListState, rows: QuerySet[Any] | None = None) -> QuerySet[Any]:
    """The rows that pass the state's filters and search, in no order."""
    rows = _filtered(ctx, spec, state, spec.rows(ctx) if rows is None else rows)
    return rows.filter(spec.search(ctx, state.search)) if state.search and spec.search is not None else rows


def _filtered(ctx: Context, spec: ListSpec, state: ListState, rows: QuerySet[Any]) -> QuerySet[Any]:
    known = {column.name: column for column in spec.columns_for(ctx)}
    for name, value in state.filters.items():
        rows = rows.filter(known[name].condition(ctx, value))
    return rows


def _ready_to_walk(ctx: Context, spec: ListSpec, state: ListState) -> tuple[QuerySet[Any], int, bool]:
    """The rows that match, told so that a page of them in order is found quickly; how many, to COUNT_CAP + 1; whether they are few.

    Few are sorted from their ids: a walk along the sort's index could pass a million others before it met them. Of many, a walk
    meets a page soon, so what is searched for is only asked of each row passed: joined, all matches would be fetched and sorted.
    """
    few = _first_matching(matching(ctx, spec, state).select_related(None), FEW)
    count = min(len(few), COUNT_CAP + 1)
    if len(few) <= FEW:
        return spec.model.objects.filter(pk__any_of=few), count, True
    rows = _filtered(ctx, spec, state, spec.rows(ctx))
    if state.search and spec.search is not None:
        asked = ExpressionWrapper(spec.search(ctx, state.search), output_field=BooleanField())
        rows = rows.filter(Coalesce(asked, Value(False)))  # noqa: FBT003 - an SQL value
    return rows.select_related(None), count, False


def fetch_page(ctx: Context, spec: ListSpec, state: ListState, *, limit: int = PAGE_ROWS) -> Page:
    """The page of the list at the state's place. Raises FieldUnknown, FilterInvalid, CursorInvalid."""
    column = next(column for column in spec.columns_for(ctx) if column.name == state.sort_name)
    field = field_at(spec.model, column.sort)
    rows, count, is_few = _ready_to_walk(ctx, spec, state)
    nullable = field.null or "__" in column.sort
    order = {"descending": state.is_descending, "nullable": nullable, "count": limit + 1, "sorts": is_few}
    if state.before:
        keys = take_before(rows, column.sort, Place.decode(state.before, field), **order)  # type: ignore[arg-type]
        has_previous, has_next, keys = len(keys) > limit, True, keys[-limit:]
    else:
        place = Place.decode(state.after, field) if state.after else None
        keys = take_after(rows, column.sort, place, **order)  # type: ignore[arg-type]
        has_previous, has_next, keys = place is not None, len(keys) > limit, keys[:limit]
    rows_found = load_rows(ctx, spec, keys)
    return Page(
        rows=rows_found,
        next=_place(rows_found[-1], column.sort).encode() if has_next and rows_found else "",
        previous=_place(rows_found[0], column.sort).encode() if has_previous and rows_found else "",
        count=count,
    )


def load_rows(ctx: Context, spec: ListSpec, keys: Sequence[UUID]) -> list[Any]:
    """The rows of these ids in their order, with what their cells show."""
    if not keys:
        return []
    rows = spec.model.objects.filter(pk__in=keys)
    has_custom = bool(spec.record and custom_fields(ctx, spec.record))
    related = [*spec.related, "slots"] if has_custom else spec.related
    loaded = {row.pk: row for row in (rows.select_related(*related) if related else rows)}
    found = [loaded[key] for key in keys if key in loaded]
    if spec.load is not None:
        spec.load(ctx, found)
    if has_custom:
        load_custom(ctx, spec.record, found)
    return found


def capped_count(ctx: Context, spec: ListSpec, state: ListState) -> int:
    """How many rows match, counted no further than COUNT_CAP + 1."""
    return len(_first_matching(matching(ctx, spec, state).select_related(None), COUNT_CAP))


def _first_matching(rows: QuerySet[Any], many: int) -> list[UUID]:
    """Ids of the rows in no order, `many` + 1 at most."""
    return list(rows.order_by().values_list("pk", flat=True)[: many + 1])


def selection(ctx: Context, spec: ListSpec, ids: Sequence[UUID], query: str | None = None) -> QuerySet[Any]:
    """The rows a bulk action takes: the ids given, or with `query` all that this list state matches; only what the caller may see.

    An empty query is a list without filters: all of it. No ids and no query: nothing.
    """
    rows = spec.rows(ctx).select_related(None)
    if query is not None:
        return matching(ctx, spec, ListState.of_query(ctx, spec, query), rows)
    return rows.filter(pk__in=list(ids))


def _place(row: Any, path: str) -> Place:  # noqa: ANN401 - a row of any list
    value = row
    for step in path.split("__"):
        value = getattr(value, step, None)
        if value is None:
            break
    return Place(value, row.pk)
