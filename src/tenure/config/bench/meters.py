"""Five meters of 10,000 customers: what the product answers beside the same aggregates in one hand-written statement, at three sizes.

--size: events of one run instead.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tenure.config.bench.result import BenchOptions, BenchResult, Figure
from tenure.config.bench_events import DAYS, fill_events, fill_ties
from tenure.config.bench_stream import stream_world
from tenure.kernel.period import Period

if TYPE_CHECKING:
    from tenure.config.bench_stream import StreamWorld
    from tenure.usage.domain.definitions import MeterDefinition
    from tenure.workspace.context import Context

NAME = "meters"
SIZES = (100_000, 1_000_000, 10_000_000)
RUNS = 5
RATIO = 1.2
_BY_HAND = """
SELECT tie.account, countIf(name = 'Report Opened'), sumIf(toDecimal256(p_bytes, 12), name = 'Report Opened'),
  maxIf(p_bytes, name = 'Report Exported'), sumIf(toDecimal256(p_bytes, 12), name = 'Report Exported')
    / nullIf(countIf(name = 'Report Exported'), 0), uniqExactIf(user_id, name = 'Dashboard Opened')
FROM events AS event INNER JOIN (SELECT subject, account FROM ties FINAL WHERE workspace = {workspace:UUID}) AS tie
  ON tie.subject = event.subject
WHERE workspace = {workspace:UUID} AND time >= {start:DateTime64(6, 'UTC')} AND time < {end:DateTime64(6, 'UTC')}
  AND name IN ('Report Opened', 'Report Exported', 'Dashboard Opened')
GROUP BY tie.account
"""


def run(options: BenchOptions) -> BenchResult:
    """Fill, ask, compare, as events grow."""
    figures: list[Figure] = []
    with stream_world(options.folder) as world:
        ctx = world.owner_context()
        _prepare(world)
        filled = 0
        for size in (options.size,) if options.size else SIZES:
            fill_events(world, size - filled, first=filled)
            filled = size
            figures += _measure(world, ctx, size)
    return BenchResult(NAME, options.size, tuple(figures))


def _prepare(world: StreamWorld) -> None:
    from tenure.stream.store.property_columns import ensure_column  # noqa: PLC0415 - settings are read from the home of the bench

    ensure_column("bytes")
    fill_ties(world)


def _measure(world: StreamWorld, ctx: Context, size: int) -> Iterator[Figure]:
    from tenure.usage.queries.asking import Question, find_usage  # noqa: PLC0415 - see _prepare
    from tenure.workspace.scope import enter  # noqa: PLC0415

    end = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    period = Period(end - timedelta(days=DAYS), end)
    question = Question(period, ZoneInfo("UTC"), by=("account",))

    def ours() -> int:
        with enter(ctx.scope):
            return len(find_usage(ctx, world.store, _meters(), question))

    def by_hand() -> int:
        return len(world.store.rows(_BY_HAND, workspace=world.workspace_id, start=period.start, end=period.end))

    customers, own, reference = _fastest(ours, by_hand)
    yield Figure(f"five meters over {size:,} events", own, "s", reference=reference, ratio_at_most=RATIO)
    yield Figure("  customers with usage", customers, "customers")


def _meters() -> list[MeterDefinition]:
    from tenure.usage.domain.definitions import USER, MeterDefinition  # noqa: PLC0415 - see _prepare
    from tenure.usage.enums import Aggregation  # noqa: PLC0415

    opened, exported, seen = (("Report Opened",), ("Report Exported",), ("Dashboard Opened",))
    return [
        MeterDefinition(Aggregation.COUNT, opened),
        MeterDefinition(Aggregation.SUM, opened, "bytes"),
        MeterDefinition(Aggregation.MAX, exported, "bytes"),
        MeterDefinition(Aggregation.AVERAGE, exported, "bytes"),
        MeterDefinition(Aggregation.UNIQUE_COUNT, seen, USER),
    ]


def _fastest(ours: Callable[[], int], by_hand: Callable[[], int]) -> tuple[int, float, float]:
    """How many customers, and the fastest of some runs of each, one after the other."""
    found, own, reference = 0, [], []
    for _ in range(RUNS):
        began = time.perf_counter()
        found = ours()
        between = time.perf_counter()
        if by_hand() != found:
            raise RuntimeError("The two do not find the same customers.")
        own.append(between - began)
        reference.append(time.perf_counter() - between)
    return found, min(own), min(reference)
