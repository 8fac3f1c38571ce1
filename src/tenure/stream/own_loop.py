"""Asynchronous work for a page or an action: in a thread and an event loop of its own, so that it never holds up the loop that ingest answers from."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Answer = TypeVar("Answer")


def in_own_loop(work: Coroutine[Any, Any, Answer]) -> Answer:
    """Do it and wait for it; raises what it raises. It must not touch the database: the scope is the calling thread's."""
    with ThreadPoolExecutor(1, "tenure-look") as pool:
        return pool.submit(asyncio.run, work).result()
