"""Reading one chunk ahead: while the database writes a chunk, the next one is read."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def read_ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The same items, each made in a thread of its own while the one before it is used. They must not touch the database.

    Memory: two items at a time. What making one raises is raised where it would have been yielded.
    """
    context = copy_context()

    def read() -> list[Item]:
        """One item, none at the end."""
        return list(islice(items, 1))

    with ThreadPoolExecutor(1, thread_name_prefix="read-ahead") as pool:
        upcoming = pool.submit(context.run, read)
        while item := upcoming.result():
            upcoming = pool.submit(context.run, read)
            yield item[0]
