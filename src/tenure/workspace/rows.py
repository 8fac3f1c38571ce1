"""Writing many rows in one statement, under row-level security.

PostgreSQL refuses COPY into a table with policies, so columns travel as arrays: `INSERT ... SELECT FROM unnest($1::uuid[], ...)` is planned
once and checked by the policy like any insert. A column with one value in all rows travels as that value.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

if TYPE_CHECKING:
    from django.db.models import Field, Model

    AnyField = Field[Any, Any]

CHUNK_ROWS = 5000


def insert_rows(model: type[Model], rows: Sequence[Model], *, leave_out: Collection[str] = ()) -> None:
    """Insert all `rows` in one statement a chunk. `leave_out` names columns that the database fills."""
    fields = [field for field in model._meta.concrete_fields if field.name not in leave_out]
    for start in range(0, len(rows), CHUNK_ROWS):
        chunk = rows[start : start + CHUNK_ROWS]
        columns = [Column(field, [getattr(row, field.attname) for row in chunk]) for field in fields]
        _insert(model, columns, len(chunk))


def insert_columns(model: type[Model], count: int, **columns: list[Any] | Same) -> None:
    """Insert `count` rows given by columns (attribute name to its values, or Same for one value in all): no object a row is made.

    For the many small rows beside records: words, paths, change rows, events. Columns that are not named must have a default of the
    database's own.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    if not count:
        return
    for start in range(0, count, CHUNK_ROWS):
        stop = min(start + CHUNK_ROWS, count)
        chunk = [
            Column(fields[name], values if isinstance(values, Same) or count <= CHUNK_ROWS else values[start:stop])
            for name, values in columns.items()
        ]
        _insert(model, chunk, stop - start)


def update_rows(model: type[Model], rows: Sequence[Model], fields: Iterable[str]) -> set[UUID]:
    """Write the named fields of all `rows`, matched by id; where the model has versions, by version too, which is raised by one.

    Returns the ids written: a row that is missing was changed or deleted by somebody else meanwhile.
    """
    if not rows:
        return set()
    changed = [model._meta.get_field(name) for name in fields]
    versioned = any(field.name == "version" for field in model._meta.concrete_fields)
    keys = [model._meta.get_field("id")] + ([model._meta.get_field("version")] if versioned else [])
    columns = [Column(field, [getattr(row, field.attname) for row in rows]) for field in (*keys, *changed)]  # type: ignore[union-attr,arg-type]
    source, parameters = _source(columns, len(rows))
    sets = [f'"{column.name}" = fresh."{column.name}"' for column in columns[len(keys) :]]
    match = "target.id = fresh.id"
    if versioned:
        sets.append("version = target.version + 1")
        match += " AND target.version = fresh.version"
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" AS target SET {", ".join(sets)} FROM {source} WHERE {match} RETURNING target.id',  # noqa: S608 - names of tables and columns are Django's, values travel as parameters
            parameters,
        )
        return {row[0] for row in cursor.fetchall()}


def _insert(model: type[Model], columns: list[Column], count: int) -> None:
    names = ", ".join(f'"{column.name}"' for column in columns)
    source, parameters = _source(columns, count)
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {names} FROM {source}', parameters)  # noqa: S608


@dataclass(frozen=True, slots=True)
class Same:
    """One value in all rows of a column."""

    value: Any


class Column:
    """One column of many rows, ready to travel as an array or, where all values are the same, as one value."""

    def __init__(self, field: AnyField, values: list[Any] | Same) -> None:
        self.name = field.column
        self.type = field.rel_db_type(connection) if field.is_relation else field.db_type(connection)
        self.type = plain_type(str(self.type))
        write = _writer(field)
        if isinstance(values, Same):
            self.is_constant, first = True, values.value
        else:
            first = values[0]
            self.is_constant = all(value is first or value == first for value in values)
        self.parameter = _scalar(first, write) if isinstance(values, Same) or self.is_constant else _array(values, write)

    def select(self, position: int) -> str:
        """The expression that yields the column in the SELECT."""
        return f'%s::{self.type} AS "{self.name}"' if self.is_constant else f'arrays.c{position}::{self.type} AS "{self.name}"'


def _source(columns: list[Column], count: int) -> tuple[str, list[Any]]:
    """`(SELECT ... FROM unnest(...)) AS fresh` and its parameters."""
    selected = ", ".join(column.select(position) for position, column in enumerate(columns))
    constants = [column.parameter for column in columns if column.is_constant]
    varying = [(position, column) for position, column in enumerate(columns) if not column.is_constant]
    if not varying:
        return f"(SELECT {selected} FROM generate_series(1, {count})) AS fresh", constants  # noqa: S608
    arrays = ", ".join("%s::text[]" if column.type == "jsonb" else f"%s::{column.type}[]" for _, column in varying)
    names = ", ".join(f"c{position}" for position, _ in varying)
    text = f"(SELECT {selected} FROM unnest({arrays}) AS arrays({names})) AS fresh"  # noqa: S608
    return text, constants + [column.parameter for _, column in varying]


def plain_type(db_type: str) -> str:
    """The type without its length, collation or default: `varchar(10)` would cut, `text` does not."""
    bare = db_type.partition(" COLLATE")[0]
    if bare.startswith("varchar"):
        return "text"
    return {"serial": "integer", "bigserial": "bigint"}.get(bare, bare)


def _writer(field: AnyField) -> Callable[[Any], str]:  # noqa: PLR0911
    """How a value of this field is written inside an array literal."""
    if field.is_relation or isinstance(field, models.UUIDField):
        return _plain_key
    if isinstance(field, models.JSONField):
        return lambda value: _quoted(_as_json(value))
    if isinstance(field, models.BooleanField):
        return lambda value: "t" if value else "f"
    if isinstance(field, models.DateField):
        return lambda value: f'"{value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()}"'
    if isinstance(field, models.BinaryField):
        return lambda value: f'"\\\\x{bytes(value).hex()}"'
    if isinstance(field, models.CharField | models.TextField | models.GenericIPAddressField):
        return _quoted
    if isinstance(field, models.Field) and field.get_internal_type() == "ArrayField":
        raise TypeError(f"{field.name}: arrays of arrays do not travel; write such rows one by one")
    return str


_as_json = DjangoJSONEncoder().encode


def _plain_key(value: Any) -> str:  # noqa: ANN401 - an id of any kind
    # A UUID without its dashes, which PostgreSQL does not need: ids travel many times over.
    return f"{value.int:032x}" if value.__class__ is UUID else str(value)


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _array(values: list[Any], write: Callable[[Any], str]) -> str:
    if write is _quoted and None not in values:
        joined = '","'.join(values)
        # Nothing to be escaped in any of them: no quote but those just put between them.
        if "\\" not in joined and joined.count('"') == 2 * (len(values) - 1):
            return '{"' + joined + '"}'
    return "{" + ",".join(["NULL" if value is None else write(value) for value in values]) + "}"


def _scalar(value: Any, write: Callable[[Any], str]) -> str | None:  # noqa: ANN401 - any column value
    """A single value in its text form, unquoted."""
    if value is None:
        return None
    text = write(value)
    if text.startswith('"'):
        return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return text
