"""The writer: blocks of the stream into the event store, in order, each event once.

Exactness: what is inserted is known (from the table itself after a restart); the position is written after the inserts and moves only
over them; a failed insert ends the writer, which starts again from its position. Rule: spec/ingest.md, "Exactness".
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import structlog

from tenure.kernel import clock
from tenure.stream import blocks
from tenure.stream.errors import GapInStream
from tenure.stream.nats import stream_identity
from tenure.stream.writer.columns import EventColumns, refusal_table
from tenure.stream.writer.known_ids import KnownIds
from tenure.stream.writer.place import Place, read_place, write_place
from tenure.stream.writer.pull import open_pull
from tenure.stream.writer.recall import recall, refusals_written_to

if TYPE_CHECKING:
    from nats.aio.client import Client
    from nats.aio.msg import Msg
    from nats.js import JetStreamContext
    from nats.js.api import StreamInfo

    from tenure.stream.store.client import Store
    from tenure.stream.writer.pull import Pull

STREAM = "TENURE_EVENTS"
# Blocks are gathered three times as long as the last insert took: soon seen where little comes, few large parts where much does.
GATHER_FOR_EACH, LEAST_GATHER_SECONDS, MOST_GATHER_SECONDS = 3.0, 0.1, 0.6
IDLE_SECONDS = 2.0
TRIM_SECONDS = 30.0
CATCH_UP_SECONDS, CATCH_UP_LOOK_SECONDS = 30.0, 0.2
KNOWN_SECONDS = 48 * 3600.0
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WriterOptions:
    """known_ids: how many ids are remembered at most. kept_seconds: how long written messages stay in the stream.

    accepts_gap: go on where messages are missing, because whoever runs Tenure said so.
    """

    known_ids: int
    kept_seconds: float = 900.0
    accepts_gap: bool = False


@dataclass(slots=True)
class _Gathered:
    """What one round inserts."""

    events: EventColumns = field(default_factory=EventColumns)
    sandbox: EventColumns = field(default_factory=EventColumns)
    refusals: list[tuple[blocks.RefusedBlock, int]] = field(default_factory=list)


class Writer:
    """One writer of one store. Used from one task; inserts run in a thread of their own."""

    def __init__(self, store: Store, client: Client, js: JetStreamContext, options: WriterOptions) -> None:
        """store: migrated. client: connected, js its JetStream, where the stream exists."""
        self._store = store
        self._client = client
        self._js = js
        self._options = options
        self.known = KnownIds(options.known_ids, KNOWN_SECONDS)
        self.place = Place("", 0, 0)
        self.duplicates = 0
        self._refusals_to = 0
        self._remembers = False
        self._written: deque[tuple[float, int]] = deque()
        self._trim_at = 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Write until told to stop. Raises GapInStream, and what the connection raises: then call it again, it goes on from its place.

        What an insert raises leaves in doubt what was inserted: then start a new writer.
        """
        pull, gather = await self._start(), LEAST_GATHER_SECONDS
        try:
            while not stop.is_set():
                taken = await pull.take(gather, IDLE_SECONDS)
                if taken:
                    began = clock.monotonic()
                    await asyncio.to_thread(self._write, taken)
                    lasted = clock.monotonic() - began
                    gather = min(MOST_GATHER_SECONDS, max(LEAST_GATHER_SECONDS, lasted * GATHER_FOR_EACH))
                await self._trim()
        finally:
            await pull.close()

    async def _start(self) -> Pull:
        """Find the place, remember the ids, open the stream where to go on."""
        known = await asyncio.to_thread(read_place, self._store)
        stream = await self._caught_up(known)
        identity = stream_identity(stream)
        first, last = stream.state.first_seq, stream.state.last_seq
        if known is None or known.stream != identity:
            # A stream that this store has not met: all of it is new, its duplicates are known ids.
            self.place = Place(identity, max(0, first - 1), known.seq if known else 0)
        else:
            self.place = self._continued(known, first, last)
        self._refusals_to = await asyncio.to_thread(refusals_written_to, self._store, self.place.number(last))
        if not self._remembers:
            await asyncio.to_thread(recall, self._store, self.known, KNOWN_SECONDS, self._options.known_ids)
            self._remembers = True
        log.info("writer_started", seq=self.place.seq, stream_seq=self.place.stream_seq, known_ids=len(self.known))
        return await open_pull(self._client, self._js, STREAM, self.place.stream_seq + 1)

    async def _caught_up(self, known: Place | None) -> StreamInfo:
        """The stream's state. known: what was had of it; the new leader of a cluster may not have counted so far yet, and gets a while."""
        until = clock.monotonic() + CATCH_UP_SECONDS
        while True:
            stream = await self._js.stream_info(STREAM)
            has_all = known is None or known.stream != stream_identity(stream) or stream.state.last_seq >= known.stream_seq
            has_others = stream.cluster is not None and bool(stream.cluster.replicas)
            if has_all or not has_others or clock.monotonic() > until:
                return stream
            await asyncio.sleep(CATCH_UP_LOOK_SECONDS)

    def _continued(self, known: Place, first: int, last: int) -> Place:
        """The place in a stream met before. Raises GapInStream where what comes next was trimmed, or the stream is older than the store."""
        if first > known.stream_seq + 1 or last < known.stream_seq:
            if not self._options.accepts_gap:
                raise GapInStream(expected=known.stream_seq + 1, found=first if first > known.stream_seq + 1 else last)
            log.warning("gap_accepted", after=known.stream_seq, first=first, last=last)
            return Place(known.stream, max(0, first - 1), known.seq)
        return known

    def _write(self, taken: list[tuple[int, Msg]]) -> None:
        gathered = self._gathered(taken)
        self._insert("events", gathered.events)
        self._insert("sandbox_events", gathered.sandbox)
        if gathered.refusals:
            self._store.insert("refusals", refusal_table(gathered.refusals))
        moved = self.place.moved_to(taken[-1][0])
        write_place(self._store, moved, clock.now())
        self.place = moved
        self._written.append((clock.monotonic(), moved.stream_seq))

    def _gathered(self, taken: list[tuple[int, Msg]]) -> _Gathered:
        gathered = _Gathered()
        for stream_seq, message in taken:
            number = self.place.number(stream_seq)
            try:
                if message.subject.startswith(blocks.REFUSED_SUBJECT):
                    if number > self._refusals_to:
                        gathered.refusals.append((blocks.decode_refused(message.data), number))
                else:
                    _add_block(gathered, blocks.decode_block(message.data), number)
            except msgspec.DecodeError:
                # Nothing of ours writes such a message: it is said and passed over, so that one cannot stop all.
                log.exception("unreadable_message", stream_seq=stream_seq, subject=message.subject)
        return gathered

    def _insert(self, table: str, columns: EventColumns) -> None:
        """Insert the events whose ids are new, and know them from now on."""
        if not len(columns):
            return
        hashes = columns.hash_array()
        fresh = ~self.known.find(hashes)
        count = int(np.count_nonzero(fresh))
        self.duplicates += len(hashes) - count
        if count:
            rows = columns.table()
            self._store.insert(table, rows if count == len(hashes) else rows.filter(fresh))
            self.known.add(hashes[fresh], clock.now().timestamp())

    async def _trim(self) -> None:
        """Take from the stream what was written a good while ago; sound even after a power cut, since inserts are on disk."""
        now = clock.monotonic()
        if now < self._trim_at:
            return
        self._trim_at = now + TRIM_SECONDS
        through = 0
        while self._written and self._written[0][0] < now - self._options.kept_seconds:
            through = self._written.popleft()[1]
        if through:
            await self._js.purge_stream(STREAM, seq=through + 1)


def _add_block(gathered: _Gathered, block: blocks.Block, number: int) -> None:
    place = 0
    for run in block.runs:
        (gathered.sandbox if run.is_sandbox else gathered.events).add(block, run, number, place)
        place += len(run.ids)
