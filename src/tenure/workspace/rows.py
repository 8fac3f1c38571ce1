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
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models.base import ModelState

if TYPE_CHECKING:
    from django.db.models import Field, Model, QuerySet

    AnyField = Field[Any, Any]

CHUNK_ROWS = 5000


def insert_rows(model: type[Model], rows: Sequence[Model], *, leave_out: Collection[str] = ()) -> None:
    """Insert all `rows` in one statement a chunk. `leave_out` names columns that the database fills."""
    fields = [field for field in model._meta.concrete_fields if field.name not in leave_out]
    for start in range(0, len(rows), CHUNK_ROWS):
        chunk = rows[start : start + CHUNK_ROWS]
        states = [row.__dict__ for row in chunk]
        columns = [Column(field, [state[field.attname] for state in states]) for field in fields]
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


def delete_columns(model: type[Model], count: int, **columns: list[Any] | Same) -> None:
    """Delete the rows that have the values given in all the named columns, which are a key: each is looked up as a whole."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    if not count:
        return
    given = [Column(fields[name], values) for name, values in columns.items()]
    source, parameters = _source(given, count)
    match = " AND ".join(f'target."{column.name}" = gone."{column.name}"' for column in given)
    with _cursor() as cursor:
        cursor.execute(f'DELETE FROM "{model._meta.db_table}" AS target USING {source} AS gone WHERE {match}', parameters)  # noqa: S608


def load_rows(found: QuerySet[Any], *, leave_out: Collection[str] = ()) -> list[Any]:
    """The rows of a query. Set up from a pattern, as new ones are: Django's own construction costs several times as much.

    leave_out: columns that are not read; where somebody asks a row for one of them after all, Django fetches it.
    """
    model: Any = found.model
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in leave_out]
    rows = []
    for values in found.values_list(*names):
        row = model.__new__(model)
        state = ModelState()
        state.adding, state.db = False, found.db
        row.__dict__ = {"_state": state, **dict(zip(names, values, strict=True))}
        rows.append(row)
    return rows


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
    with _cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" AS target SET {", ".join(sets)} FROM {source} AS fresh WHERE {match} RETURNING target.id',  # noqa: S608 - names of tables and columns are Django's, values travel as parameters
            parameters,
        )
        return {row[0] for row in cursor.fetchall()}


def _insert(model: type[Model], columns: list[Column], count: int) -> None:
    names = ", ".join(f'"{column.name}"' for column in columns)
    source, parameters = _source(columns, count)
    with _cursor() as cursor:
        cursor.execute(f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {names} FROM {source} AS fresh', parameters)  # noqa: S608


def _cursor() -> Any:  # noqa: ANN401 - Django's wrapper of a cursor
    """A cursor whose parameters travel beside the statement: megabytes of arrays are neither quoted here nor scanned for quotes there."""
    connection.ensure_connection()
    cursor: Any = ServerBindingCursor
    # Django has this cursor for all statements or for none; only these are worth it.
    return connection._prepare_cursor(cursor(connection.connection))  # type: ignore[attr-defined]  # noqa: SLF001


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
            self.is_constant = values[-1] == first and values.count(first) == len(values)
        self.parameter = _scalar(first, write) if isinstance(values, Same) or self.is_constant else _array(values, write)

    def select(self, position: int) -> str:
        """The expression that yields the column in the SELECT."""
        if self.is_constant:
            return f'%s::{self.type} AS "{self.name}"'
        value = f"nullif(arrays.c{position}, 'null'::jsonb)" if self.type == "jsonb" else f"arrays.c{position}::{self.type}"
        return f'{value} AS "{self.name}"'


def _source(columns: list[Column], count: int) -> tuple[str, list[Any]]:
    """`(SELECT ... FROM unnest(...))` and its parameters.

    Columns of JSON travel as one document that the database takes apart: cheaper on both sides than an array of texts.
    """
    selected = ", ".join(column.select(position) for position, column in enumerate(columns))
    constants = [column.parameter for column in columns if column.is_constant]
    varying = [(position, column) for position, column in enumerate(columns) if not column.is_constant]
    if not varying:
        return f"(SELECT {selected} FROM generate_series(1, {count}))", constants  # noqa: S608
    arrays = ", ".join(
        "jsonb_array_elements(%s::jsonb)" if column.type == "jsonb" else f"unnest(%s::{column.type}[])" for _, column in varying
    )
    names = ", ".join(f"c{position}" for position, _ in varying)
    text = f"(SELECT {selected} FROM ROWS FROM ({arrays}) AS arrays({names}))"  # noqa: S608
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
        return _as_json
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


def array_of(field: AnyField, values: Iterable[Any]) -> str:
    """The values as an array literal of the field's type: for `= ANY(%s::uuid[])`, at a tenth of the driver's own cost."""
    return _array(list(values), _writer(field))


def _array(values: list[Any], write: Callable[[Any], str]) -> str:
    if write is _as_json:
        return _as_json(values)
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
    if write is not _as_json and text.startswith('"'):
        return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return text
