"""While many rows stand in memory at once, Python looks for rings of objects rarely: rows form none, and the search reads them all."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# New containers between two searches. Python's own 700 are fewer than those of a hundred rows, of which a chunk has thousands.
_RARELY = (100_000, 20, 20)


class _Works:
    """How many works of this process are under way, and how often it searched before the first of them."""

    lock = threading.Lock()
    count = 0
    before = gc.get_threshold()


@contextmanager
def rare_collections() -> Iterator[None]:
    """Inside, the search for cyclic garbage runs rarely; it measured a quarter of an import's own time. Nests, in any thread."""
    with _Works.lock:
        if not _Works.count:
            _Works.before = gc.get_threshold()
            gc.set_threshold(*_RARELY)
        _Works.count += 1
    try:
        yield
    finally:
        with _Works.lock:
            _Works.count -= 1
            if not _Works.count:
                gc.set_threshold(*_Works.before)
