"""Which source a write key stands for: asked of PostgreSQL once, then remembered for some seconds, so that a key that is taken back stops soon."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from tenure.stream.ingest.plans import Plan

REMEMBERED_SECONDS = 5.0
REMEMBERED_KEYS = 50_000


@dataclass(frozen=True, slots=True)
class Source:
    """A place that events come from. seed: of its ids' hashes. plan: what the tracking plan does not let in, None for nothing."""

    id: UUID
    workspace: UUID
    is_sandbox: bool
    seed: int
    plan: Plan | None = None


Find = Callable[[bytes], Awaitable[Source | None]]


def digest_of(key: str) -> bytes:
    """What is stored of a write key."""
    return hashlib.sha256(key.encode()).digest()


class Sources:
    """Sources by key, remembered. find: asks the database by digest."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._known: dict[bytes, tuple[float, Source | None]] = {}
        self._asked: dict[bytes, asyncio.Task[Source | None]] = {}

    async def by_key(self, key: str) -> Source | None:
        """The source, or None for a key that is unknown or taken back. Raises what the database raises when it must be asked."""
        digest = digest_of(key)
        now = asyncio.get_running_loop().time()
        known = self._known.get(digest)
        if known and now < known[0]:
            return known[1]
        asked = self._asked.get(digest)
        if asked is None:
            asked = self._asked[digest] = asyncio.ensure_future(self._ask(digest, now))
        try:
            return await asyncio.shield(asked)
        except Exception:
            # A database that is away for a while does not stop the sources that are known.
            if known:
                return known[1]
            raise

    async def _ask(self, digest: bytes, now: float) -> Source | None:
        try:
            found = await self._find(digest)
        finally:
            del self._asked[digest]
        if len(self._known) >= REMEMBERED_KEYS:
            self._known.clear()
        self._known[digest] = (now + REMEMBERED_SECONDS, found)
        return found
