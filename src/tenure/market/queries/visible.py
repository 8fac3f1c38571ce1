"""The rows a caller may see, as SQL to stand inside a larger statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q

from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.records import RecordType


def visible_ids(ctx: Context, record: RecordType, where: Q | None = None) -> tuple[str, list[Any]]:
    """`SELECT id ...` of the living records the caller may see and that pass `where`, and its parameters."""
    return visible_rows(ctx, record, where)


def visible_rows(ctx: Context, record: RecordType, where: Q | None, *columns: str) -> tuple[str, list[Any]]:
    """The same with further columns: `SELECT id, ...`."""
    rows = record.model.objects.filter(scope_filter(ctx, record.view_permission, record.model))
    compiler = rows.filter(where or Q()).order_by().values("id", *columns).query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    return sql, list(parameters)
