"""Lists at endpoints: the same filters, search, sorts and cursors as the list's page, under the same names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from tenure.kernel.errors import NotFound
from tenure.workspace.endpoints.errors import PageSizeInvalid
from tenure.workspace.endpoints.schemas import Page
from tenure.workspace.lists import Column, ColumnKind, ListSpec, ListState, fetch_page, list_specs
from tenure.workspace.lists.fetch import PAGE_ROWS
from tenure.workspace.lists.state import joined

if TYPE_CHECKING:
    from tenure.workspace.endpoints.endpoint import ApiRequest

AnyPage = TypeVar("AnyPage", bound=Page[Any])

MOST_ROWS = 200
_RANGES = {
    ColumnKind.NUMBER: "low..high, either end may be missing",
    ColumnKind.MONEY: "low..high in major units, either end may be missing",
    ColumnKind.DATE: "from..to as 2026-01-31, today, -30d or +90d; either end may be missing",
    ColumnKind.INSTANT: "from..to as civil dates of the workspace's zone; either end may be missing",
}


def list_state(request: ApiRequest, spec: ListSpec) -> ListState:
    """What the request asks of the list. Raises FieldUnknown."""
    return ListState.read(request.ctx, spec, joined(request.GET))


def seen_list(request: ApiRequest, name: str) -> ListSpec:
    """The list of this name, where the caller may see it. Raises NotFound."""
    spec = list_specs.get(name)
    if spec is None or not request.ctx.holds(spec.permission):
        raise NotFound(kind="list")
    return spec


def cursor_page(
    request: ApiRequest,
    spec: ListSpec,
    kind: type[AnyPage],
    draw: Callable[[Any], Any],
    *,
    state: ListState | None = None,
    load: Callable[[list[Any]], object] | None = None,
) -> AnyPage:
    """The page the request asks for, each row as `draw` writes it.

    load: gives the page's rows what `draw` needs besides their columns, in a number of queries that does not grow with them.
    Raises FieldUnknown, FilterInvalid, CursorInvalid, PageSizeInvalid.
    """
    page = fetch_page(request.ctx, spec, state or list_state(request, spec), limit=page_size(request))
    if load is not None:
        load(page.rows)
    return kind(items=[draw(row) for row in page.rows], next=page.next or None, previous=page.previous or None)


def page_size(request: ApiRequest) -> int:
    """How many rows the caller wants. Raises PageSizeInvalid."""
    given = request.GET.get("limit", str(PAGE_ROWS))
    if not given.isascii() or not given.isdigit() or not 0 < int(given[:6]) <= MOST_ROWS:
        raise PageSizeInvalid(name="limit", most=MOST_ROWS)
    return int(given)


def list_parameters(spec: ListSpec) -> list[dict[str, Any]]:
    """The parameters of a list as OpenAPI says them; the workspace's own fields come on top of them."""
    sorts = [column.name for column in spec.columns if column.sort]
    common = [
        _parameter(
            "sort",
            f"Sort by this column, descending with a minus before it. Default: {spec.default_sort}.",
            enum=[sign + name for name in sorts for sign in ("", "-")],
        ),
        _parameter("after", "The cursor `next` of the page before."),
        _parameter("before", "The cursor `previous` of the page after."),
        _parameter("limit", "How many rows the page has.", type="integer", minimum=1, maximum=MOST_ROWS, default=PAGE_ROWS),
    ]
    search = [_parameter("q", "Words to search for; each must begin a word of the record.")] if spec.search else []
    return [*(_filter(column) for column in spec.columns if column.is_filter), *search, *common]


def _filter(column: Column) -> dict[str, Any]:
    if column.is_range:
        return _parameter(column.name, f"Only rows within this range: {_RANGES[column.kind]}; or - for rows without a value.")
    return _parameter(column.name, "Only rows with one of these values, separated by commas; - stands for rows without a value.")


def _parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON schema keywords
    return {"name": name, "in": "query", "required": False, "description": description, "schema": {"type": "string"} | schema}
