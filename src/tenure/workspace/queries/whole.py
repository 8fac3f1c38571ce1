"""Statements over everything a workspace has: planned for many rows, whatever the planner believes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper


@contextmanager
def whole_set_cursor() -> Iterator[CursorWrapper]:
    """A cursor whose joins are hashed or merged, never looped, until the block ends.

    Right after an import, and behind row-level security, the planner takes thousands of rows for a handful; a loop over them then
    takes minutes where a hash takes milliseconds. For statements that read whole sets, not for look-ups of a few rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield cursor
        cursor.execute("SET LOCAL enable_nestloop = on")
