"""Pages of what has no list: rows by id, and rows that are computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from uuid import UUID

from ninja import Query

from tenure.usage.errors import CursorMalformed
from tenure.workspace.endpoints.lists import MOST_ROWS
from tenure.workspace.endpoints.schemas import Page

if TYPE_CHECKING:
    from django.db.models import QuerySet

AnyPage = TypeVar("AnyPage", bound=Page[Any])
DEFAULT_ROWS = 50

After = Annotated[str, Query(max_length=200, description="The cursor `next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=MOST_ROWS, description="Rows of a page.")]


def page_by_id(rows: QuerySet[Any], kind: type[AnyPage], draw: Callable[[Any], Any], after: str, limit: int) -> AnyPage:
    """Rows in the order in which they were made. Raises CursorMalformed."""
    if after:
        rows = rows.filter(pk__gt=_uuid(after))
    found = list(rows.order_by("id")[: limit + 1])
    more = str(found[limit - 1].pk) if len(found) > limit else None
    return kind(items=[draw(row) for row in found[:limit]], next=more, previous=None)


def page_by_number(rows: Sequence[Any], after: str, limit: int) -> tuple[Sequence[Any], str | None]:
    """A part of rows that are computed as a whole each time, and the cursor of the next part. Raises CursorMalformed."""
    if after and not (after.isascii() and after.isdigit()):
        raise CursorMalformed
    first = int(after or 0)
    following = first + limit
    return rows[first:following], str(following) if following < len(rows) else None


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise CursorMalformed from error
