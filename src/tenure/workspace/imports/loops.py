"""Rows that would make a record stand below itself, foreseen: who stands below whom, kept in a temporary table while a file is read.

Only what one file brings together with the records that are there; a circle that closes over two files shows in the run. The table
is peeled from its roots: whatever never stands below a root is in a circle, or hangs below one. What is left is small, and is gone
through as the run would, row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from psycopg import sql

if TYPE_CHECKING:
    from tenure.workspace.records import RecordType

# A tree of accounts may be 20 levels deep; what is deeper fails for that.
MOST_LEVELS = 50
MOST_ROWS = 20_000
NEW = "row "


class Below(NamedTuple):
    """A row of the file puts `child` below `parent` (None: below nothing). Records by id, new ones by `new_node`.

    counted: as what the row was counted. text: the cell that names the parent.
    """

    row: int
    child: str
    parent: str | None
    counted: str
    text: str


@dataclass(slots=True)
class Circles:
    """closing: rows that would put a record that is there below itself. open: rows whose parent never comes, because it waits for them."""

    closing: list[Below] = field(default_factory=list)
    open: list[Below] = field(default_factory=list)


def new_node(row: int) -> str:
    """How a record that a row brings is called."""
    return f"{NEW}{row}"


class Tree:
    """Who stands below whom, by the rows of one file and in the database beneath."""

    def __init__(self, record: RecordType) -> None:
        model = record.model._meta
        column = record.column_of(record.tree_field)
        self._names = {"records": sql.Identifier(model.db_table), "parent": sql.Identifier(column)}

    def add(self, rows: Iterable[Below]) -> None:
        """Keep what rows of the file say."""
        with (
            connection.cursor() as cursor,
            cursor.copy("COPY tenure_import_tree (row, child, parent, counted, text) FROM STDIN") as copy,
        ):
            for one in rows:
                copy.write_row(one)

    def circles(self) -> Circles:
        """What of it goes in circles, once all rows are there."""
        with connection.cursor() as cursor:
            cursor.execute("CREATE INDEX ON tenure_import_tree (child); ANALYZE tenure_import_tree")
            if not self._repeat(cursor, _CLIMB) or not self._repeat(cursor, _PEEL):
                return Circles()
            cursor.execute(
                "SELECT row, child, parent, counted, text FROM tenure_import_tree ORDER BY row LIMIT %s", [MOST_ROWS + 1]
            )
            left = [Below(*found) for found in cursor.fetchall()]
            if not left or len(left) > MOST_ROWS:
                return Circles()
            cursor.execute(self._said(_STANDS), [[one.child for one in left if not one.child.startswith(NEW)]])
            return _gone_through([one for one in left if one.row is not None], dict(cursor.fetchall()))

    def _repeat(self, cursor: object, statement: str) -> bool:
        """Until it finds nothing more; False where it goes deeper than any tree may."""
        for _ in range(MOST_LEVELS):
            cursor.execute(self._said(statement))  # type: ignore[attr-defined]
            if not cursor.rowcount:  # type: ignore[attr-defined]
                return True
        return False

    def _said(self, statement: str) -> sql.Composed:
        return sql.SQL(statement).format(**self._names)


# What the file says nothing about stands as it does.
_CLIMB = """
INSERT INTO tenure_import_tree (child, parent)
SELECT DISTINCT a.id::text, a.{parent}::text FROM tenure_import_tree t
JOIN {records} a ON a.workspace_id = tenure_workspace() AND a.id = t.parent::uuid
WHERE t.parent NOT LIKE 'row %%' AND a.{parent} IS NOT NULL
  AND NOT EXISTS (SELECT FROM tenure_import_tree x WHERE x.child = t.parent)
"""
_PEEL = """
DELETE FROM tenure_import_tree t
WHERE parent IS NULL OR NOT EXISTS (SELECT FROM tenure_import_tree x WHERE x.child = t.parent)
"""
_STANDS = """
SELECT a.id::text, a.{parent}::text FROM {records} a WHERE a.workspace_id = tenure_workspace() AND a.id = ANY(%s::uuid[])
"""


def _gone_through(rows: Sequence[Below], parents: dict[str, str | None]) -> Circles:
    """The rows in their order, each as soon as its parent is there. parents: as the records stand now."""
    circles = Circles()
    coming = {one.child for one in rows if one.child.startswith(NEW)}
    waiting = list(rows)
    while ready := [one for one in waiting if one.parent not in coming]:
        waiting = [one for one in waiting if one.parent in coming]
        for one in ready:
            if one.child in _above(one.parent, parents):
                circles.closing.append(one)
            else:
                parents[one.child] = one.parent
        coming -= {one.child for one in ready}
    circles.open = waiting
    return circles


def _above(node: str | None, parents: dict[str, str | None]) -> Iterator[str]:
    seen: set[str] = set()
    while node is not None and node not in seen:
        seen.add(node)
        yield node
        node = parents.get(node)


@contextmanager
def tree_of(record: RecordType) -> Iterator[Tree | None]:
    """An empty tree for this connection; None for records that do not stand below one another."""
    if not record.tree_field:
        yield None
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.tenure_import_tree")
        cursor.execute(
            """CREATE TEMPORARY TABLE tenure_import_tree
            (row int, child text COLLATE "C", parent text COLLATE "C", counted text, text text)"""
        )
    try:
        yield Tree(record)
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("DROP TABLE IF EXISTS pg_temp.tenure_import_tree")
