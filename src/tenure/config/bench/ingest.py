"""Events in: batches of 100 as fast as they are acknowledged, written and counted; then single posts over 64 connections.

Tenure runs as `tenure up` starts it, the load on the same machine. Each length of the batch run has the reference beside it: an endpoint
that only parses the same bodies. Answers other than 200 and the rows in the table are counted. --size: seconds of one run instead of three.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tenure.config.bench.result import BenchOptions, BenchResult, Figure
from tenure.config.bench_load import Load
from tenure.config.bench_stream import loaded, parse_only, stream_world

if TYPE_CHECKING:
    from tenure.config.bench_stream import StreamWorld

NAME = "ingest"
SECONDS = (6, 20, 60)
EVENTS_A_SECOND, OF_THE_REFERENCE = 100_000.0, 0.15
SINGLES_A_SECOND, SINGLE_P99 = 8_000.0, 0.050
LAG_SECONDS = 10.0
BATCH, CONNECTIONS, SINGLE_CONNECTIONS = 100, 16, 64
MEGABYTE = 1024 * 1024


def run(options: BenchOptions) -> BenchResult:
    """Batches at three lengths, then singles."""
    figures: list[Figure] = []
    with stream_world(options.folder) as world, parse_only() as reference:
        for number, seconds in enumerate((options.size,) if options.size else SECONDS):
            figures += _batches(world, reference, seconds, f"b{number}")
        figures += _singles(world, reference, min(options.size or 20, 20))
        figures += _sizes(world)
    return BenchResult(NAME, options.size, tuple(figures))


def _batches(world: StreamWorld, reference: str, seconds: int, prefix: str) -> Iterator[Figure]:
    load = Load(world.url, world.key, "/v1/batch", BATCH, CONNECTIONS, seconds, prefix)
    parsed = (
        loaded(Load(reference, "", "/v1/batch", BATCH, CONNECTIONS, min(seconds, 6), prefix))["answered"]
        * BATCH
        / min(seconds, 6)
    )
    before = world.rows()
    told = loaded(load)
    acknowledged = told["answered"] * BATCH
    lag = world.wait_for_rows(before + acknowledged, seconds=120)
    rows = world.rows() - before
    yield Figure(
        f"batches of {BATCH} for {seconds} s: acknowledged, written and counted",
        acknowledged / (seconds + lag),
        "events/s",
        at_least=EVENTS_A_SECOND,
        reference=parsed,
        ratio_at_least=OF_THE_REFERENCE,
    )
    yield Figure("  acknowledged", acknowledged / seconds, "events/s", reference=parsed)
    yield Figure("  acknowledgement, p99", told["p99"], "s")
    yield Figure("  until all were counted after the last", lag, "s", at_most=LAG_SECONDS)
    yield Figure("  answers other than 200", told["refused"], "requests", at_most=0)
    yield Figure("  rows more or fewer than acknowledged", abs(rows - acknowledged), "rows", at_most=0)


def _singles(world: StreamWorld, reference: str, seconds: int) -> Iterator[Figure]:
    parsed = loaded(Load(reference, "", "/v1/track", 1, SINGLE_CONNECTIONS, seconds, "s"))["answered"] / seconds
    before = world.rows()
    told = loaded(Load(world.url, world.key, "/v1/track", 1, SINGLE_CONNECTIONS, seconds, "s"))
    world.wait_for_rows(before + told["answered"], seconds=60)
    yield Figure(
        f"single posts, {SINGLE_CONNECTIONS} connections, {seconds} s",
        told["answered"] / seconds,
        "requests/s",
        at_least=SINGLES_A_SECOND,
        reference=parsed,
        ratio_at_least=OF_THE_REFERENCE,
    )
    yield Figure("  acknowledgement, p99", told["p99"], "s", at_most=SINGLE_P99)
    yield Figure("  answers other than 200", told["refused"], "requests", at_most=0)
    yield Figure("  rows more or fewer than acknowledged", abs(world.rows() - before - told["answered"]), "rows", at_most=0)


def _sizes(world: StreamWorld) -> Iterator[Figure]:
    yield Figure("disk an event", world.disk_bytes() / max(1, world.rows()), "bytes")
    yield Figure("memory of the event store and its writer", world.memory_bytes("store_process") / MEGABYTE, "MB")
    yield Figure("memory of a web process", world.memory_bytes("web_process") / MEGABYTE, "MB")
