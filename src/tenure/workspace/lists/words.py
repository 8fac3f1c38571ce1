"""The different words that stand in one column of a big table, found by jumping through its index instead of reading all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from tenure.workspace.scope import current_scope

if TYPE_CHECKING:
    from tenure.workspace.models.base import Record

# From each word to the next larger one: as many look-ups as there are words, however many rows stand under each.
_JUMP = """
WITH RECURSIVE jump AS (
  (SELECT {column} AS word FROM {table} WHERE workspace_id = %(workspace)s AND deleted_at IS NULL AND {column} <> ''{fence} ORDER BY {column} LIMIT 1)
  UNION ALL
  SELECT (SELECT {column} FROM {table} WHERE workspace_id = %(workspace)s AND deleted_at IS NULL AND {column} <> '' AND {column} > jump.word{fence} ORDER BY {column} LIMIT 1)
  FROM jump WHERE jump.word IS NOT NULL
)
SELECT word FROM jump WHERE word IS NOT NULL LIMIT %(limit)s
"""


def known_words(model: type[Record], column: str, limit: int) -> list[str]:
    """Up to `limit` different words of living rows in a text column, sorted. The column has an index that begins with the workspace."""
    scope = current_scope()
    quote = connection.ops.quote_name
    fence = ""
    if scope.accounts is not None and (fenced_by := model.fence_account):
        fence = f" AND {quote(fenced_by)} = ANY(%(accounts)s)"
    query = _JUMP.format(column=quote(column), table=quote(model._meta.db_table), fence=fence)
    accounts = None if scope.accounts is None else list(scope.accounts)
    with connection.cursor() as cursor:
        cursor.execute(query, {"workspace": scope.workspace_id, "limit": limit, "accounts": accounts})
        return [word for (word,) in cursor.fetchall()]
