"""Statements over everything a workspace has: planned for many rows, whatever the planner believes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

_is_open: ContextVar[bool] = ContextVar("tenure_whole_set_open", default=False)


@contextmanager
def whole_set_cursor() -> Iterator[CursorWrapper]:
    """A cursor whose joins are hashed or merged, never looped, until the block ends.

    Right after an import, and behind row-level security, the planner takes thousands of rows for a handful; a loop over them then
    takes minutes where a hash takes milliseconds. For statements that read whole sets, not for look-ups of a few rows. Inside another
    one it is part of it: a page of many such statements says so once.
    """
    with connection.cursor() as cursor:
        if _is_open.get():
            yield cursor
            return
        cursor.execute("SET LOCAL enable_nestloop = off")
        token = _is_open.set(True)
        try:
            yield cursor
        finally:
            _is_open.reset(token)
        cursor.execute("SET LOCAL enable_nestloop = on")
