"""Carrying a file of events into the stream, a chunk after the other, each acknowledged before the next is read."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tenure.kernel import clock
from tenure.stream.files.known import without_known
from tenure.stream.files.reading import Findings
from tenure.stream.ingest.accepting import microseconds
from tenure.stream.ingest.publisher import Publisher
from tenure.stream.nats import connected, ensure_streams
from tenure.stream.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tenure.stream.files.reading import EventFile
    from tenure.stream.ingest.accepting import Accepting
    from tenure.stream.ingest.sources import Source


def load_events(file: EventFile, source: Source, tell: Callable[[Findings], None] = lambda _findings: None) -> Findings:
    """Publish the rows as events of the source; returns what came of them. Outside of any transaction: it may take long.

    tell: told after every chunk of 5,000 rows. Raises StreamBehind, StoreUnavailable: load the file again, nothing counts twice.
    Idempotent by (source, id): what is stored already is left out, also after years.
    """
    findings = Findings()
    in_own_loop(_publish(file.chunks(source, microseconds(clock.now()), findings), findings, tell))
    return findings


async def _publish(chunks: Iterator[Accepting], findings: Findings, tell: Callable[[Findings], None]) -> None:
    async with connected("tenure event file") as stream:
        await ensure_streams(stream.js)
        publisher = Publisher(stream.js)
        for accepting in chunks:
            known = await asyncio.to_thread(without_known, accepting)
            findings.known += known
            findings.accepted -= known
            if accepting.run.ids:
                await publisher.publish(accepting.source.workspace, accepting.run, sum(map(len, accepting.run.properties)))
            tell(findings)
