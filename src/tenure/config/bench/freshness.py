"""How soon an event can be asked for, while 50,000 a second are offered: from its acknowledgement to a query that counts it.

The load keeps its rate whatever is answered; a latency is counted from when a request was due. The reference is the same load on an endpoint
that only parses. --size: seconds of one run instead of three.
"""

from __future__ import annotations

import bisect
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tenure.config.bench.result import BenchOptions, BenchResult, Figure
from tenure.config.bench_load import Load
from tenure.config.bench_stream import Loading, loaded, parse_only, stream_world

if TYPE_CHECKING:
    from tenure.config.bench_stream import StreamWorld

NAME = "freshness"
SECONDS = (10, 60, 300)
OFFERED = 50_000
BATCH, CONNECTIONS = 100, 32
ACK_P99, VISIBLE_P99 = 0.050, 2.0
LOOK_SECONDS = 0.05


def run(options: BenchOptions) -> BenchResult:
    """Offer, look, compare, at three lengths."""
    figures: list[Figure] = []
    with stream_world(options.folder) as world, parse_only() as reference:
        for number, seconds in enumerate((options.size,) if options.size else SECONDS):
            figures += _measure(world, reference, seconds, f"f{number}")
    return BenchResult(NAME, options.size, tuple(figures))


def _measure(world: StreamWorld, reference: str, seconds: int, prefix: str) -> Iterator[Figure]:
    rate = OFFERED / BATCH
    parsed = loaded(Load(reference, "", "/v1/batch", BATCH, CONNECTIONS, min(seconds, 10), prefix, rate=rate))
    before = world.rows()
    running = Loading(Load(world.url, world.key, "/v1/batch", BATCH, CONNECTIONS, seconds, prefix, rate=rate))
    looks = _look_while(running, world, before)
    told = running.told()
    acknowledged = told["answered"] * BATCH
    looks += _look_until(world, before, acknowledged)
    delays = _delays(told["acknowledged"], looks)
    yield Figure(f"{OFFERED:,}/s offered for {seconds} s: taken", acknowledged / seconds, "events/s", at_least=OFFERED * 0.99)
    yield Figure("  acknowledgement, p99", told["p99"], "s", at_most=ACK_P99, reference=parsed["p99"])
    yield Figure("  visible after the acknowledgement, p99", delays[int(len(delays) * 0.99)], "s", at_most=VISIBLE_P99)
    yield Figure("  visible after the acknowledgement, p50", delays[len(delays) // 2], "s")
    yield Figure("  answers other than 200", told["refused"], "requests", at_most=0)
    yield Figure("  rows more or fewer than acknowledged", abs(looks[-1][1] - acknowledged), "rows", at_most=0)


def _look_while(running: Loading, world: StreamWorld, before: int) -> list[tuple[float, int]]:
    """(when, events counted) again and again while the load runs."""
    looks = []
    while not running.is_over:
        rows = world.rows() - before
        looks.append((time.perf_counter(), rows))
        time.sleep(LOOK_SECONDS)
    return looks


def _look_until(world: StreamWorld, before: int, rows: int) -> list[tuple[float, int]]:
    world.wait_for_rows(before + rows, seconds=60)
    return [(time.perf_counter(), world.rows() - before)]


def _delays(acknowledged: list[tuple[float, int]], looks: list[tuple[float, int]]) -> list[float]:
    """For each moment of the acknowledgements, how long until a look counted all that were acknowledged by then, sorted."""
    counts = [rows for _, rows in looks]
    found = []
    for at, requests in acknowledged:
        place = bisect.bisect_left(counts, requests * BATCH)
        if place < len(looks):
            found.append(max(0.0, looks[place][0] - at))
    return sorted(found)
