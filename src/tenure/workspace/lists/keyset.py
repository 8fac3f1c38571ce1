"""Cursor pages: a row comparison that a b-tree index serves at any depth.

Rows with a value come first, in order; rows without one come after them, by id. Each is an index range of its own, so that
neither direction needs an index with NULLS LAST.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, DateTimeField, F, Field, Func, Q, QuerySet, Value
from django.db.models.expressions import Expression
from django.db.models.functions import Coalesce

from tenure.workspace.errors import CursorInvalid


class Place(NamedTuple):
    """Where a page begins: after this sort value (None: among the rows without one) and id."""

    value: Any
    id: UUID

    def encode(self) -> str:
        """The place as an opaque text for URLs."""
        value = self.value
        if isinstance(value, Decimal | UUID):
            value = str(value)
        elif isinstance(value, dt.date | dt.datetime):
            value = value.isoformat()
        return base64.urlsafe_b64encode(json.dumps([value, self.id.hex]).encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, field: Field[Any, Any]) -> Place:
        """Read what encode wrote, for a sort by `field`. Raises CursorInvalid."""
        try:
            value, key = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            if isinstance(field, DateTimeField) and value is not None:
                value = dt.datetime.fromisoformat(value)
            return cls(None if value is None else field.to_python(value), UUID(key))
        except (ValueError, TypeError, binascii.Error, UnicodeDecodeError) as problem:
            raise CursorInvalid from problem
        except Exception as problem:  # to_python raises ValidationError, which derives from Exception alone
            raise CursorInvalid from problem


class RowBeyond(Func):
    """`(sort, id) > (value, key)`, or `<` for descending order."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, *expressions: Expression | F, operator: str) -> None:
        super().__init__(*expressions)
        self.operator = operator

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, Any]:  # type: ignore[override]  # noqa: ANN401, ARG002 - Django's
        """The row comparison and its parameters."""
        parts = [compiler.compile(expression) for expression in self.source_expressions]
        left, key, value, wanted = (sql for sql, _ in parts)
        return f"(({left}, {key}) {self.operator} ({value}, {wanted}))", [item for _, given in parts for item in given]


def take_after(
    rows: QuerySet[Any], path: str, place: Place | None, *, descending: bool, nullable: bool, count: int, sorts: bool = False
) -> list[UUID]:
    """Ids of the next `count` rows in order of (path, id), rows without a value last.

    Only ids: the sort then reads an index alone, and the wide rows of one page are fetched after it.
    sorts: the rows are few and are sorted; else they are met on a walk along the sort's index.
    """
    taken: list[UUID] = []
    sign = "-" if descending else ""
    rows = rows.values_list("pk", flat=True)
    if place is None or place.value is not None:
        valued = rows.filter(**{f"{path}__isnull": False}) if nullable else rows
        if place is not None:
            valued = valued.filter(_beyond(path, place, descending=descending, rows=rows))
        taken = list(valued.order_by(*_order(path, sign, sorts=sorts))[:count])
    if not nullable or len(taken) == count:
        return taken
    blank = rows.filter(**{f"{path}__isnull": True})
    if place is not None and place.value is None:
        blank = blank.filter(**{f"id__{'lt' if descending else 'gt'}": place.id})
    return taken + list(blank.order_by(f"{sign}id")[: count - len(taken)])


def take_before(
    rows: QuerySet[Any], path: str, place: Place, *, descending: bool, nullable: bool, count: int, sorts: bool = False
) -> list[UUID]:
    """Ids of the `count` rows just before `place`, in list order."""
    taken: list[UUID] = []
    rows = rows.values_list("pk", flat=True)
    sign = "" if descending else "-"
    if place.value is None:
        blank = rows.filter(**{f"{path}__isnull": True, f"id__{'gt' if descending else 'lt'}": place.id})
        taken = list(blank.order_by(f"{sign}id")[:count])
    if len(taken) < count:
        valued = rows.filter(**{f"{path}__isnull": False}) if nullable else rows
        if place.value is not None:
            valued = valued.filter(_beyond(path, place, descending=not descending, rows=rows))
        taken += list(valued.order_by(*_order(path, sign, sorts=sorts))[: count - len(taken)])
    return taken[::-1]


def _order(path: str, sign: str, *, sorts: bool) -> list[Any]:
    """The order of a page. Where rows are to be sorted it is written so that no index gives it: the planner would walk one all along."""
    if path == "id":
        return [f"{sign}id"]
    value = Coalesce(F(path), F(path))
    return [(value.desc() if sign else value.asc()) if sorts else f"{sign}{path}", f"{sign}id"]


def _beyond(path: str, place: Place, *, descending: bool, rows: QuerySet[Any]) -> Any:  # noqa: ANN401 - Q or expression
    operator = "<" if descending else ">"
    if path == "id":
        return Q(**{f"id__{'lt' if descending else 'gt'}": place.id})
    field = field_at(rows.model, path)
    return RowBeyond(F(path), F("id"), Value(place.value, output_field=field), Value(place.id), operator=operator)


def field_at(model: Any, path: str) -> Field[Any, Any]:  # noqa: ANN401 - any model
    """The model field at the end of an ORM path."""
    *steps, last = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    return model._meta.get_field(last)
