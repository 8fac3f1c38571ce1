"""What became of merged records: events and links of the past name records that have been merged into others since."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

if TYPE_CHECKING:
    from tenure.workspace.context import Context

_RESOLVE = """
WITH RECURSIVE went AS (
  SELECT a.id AS asked, a.id, a.merged_into_id FROM {table} a WHERE a.workspace_id = tenure_workspace() AND a.id = ANY(%s::uuid[])
  UNION
  SELECT went.asked, a.id, a.merged_into_id FROM went JOIN {table} a ON a.workspace_id = tenure_workspace() AND a.id = went.merged_into_id
)
SELECT asked, id FROM went WHERE merged_into_id IS NULL
"""


def resolve_accounts(_ctx: Context, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The account each of `ids` is today: itself, or what it was merged into, however many times."""
    return _resolved("directory_account", ids)


def resolve_people(_ctx: Context, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The person each of `ids` is today."""
    return _resolved("directory_person", ids)


def _resolved(table: str, ids: Collection[UUID]) -> dict[UUID, UUID]:
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_RESOLVE.format(table=table), [sorted(ids)])
        return dict(cursor.fetchall())
