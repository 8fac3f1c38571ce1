"""Current usage of one customer while 40,000 events a second arrive: a typical customer, and the largest, who has the twentieth part of all.

Asked over the API, of Tenure as `tenure up` starts it; the reference is the bare statement over the events themselves, asked at the same time.
--full: 100,000,000 events too. --size: events of one run instead.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tenure.config.bench.result import BenchOptions, BenchResult, Figure
from tenure.config.bench_events import DAYS, Customer, customer, fill_events, fill_ties
from tenure.config.bench_load import Load
from tenure.config.bench_stream import Loading, stream_world

if TYPE_CHECKING:
    from tenure.config.bench_stream import StreamWorld
    from tenure.workspace.context import Context

NAME = "usage"
SIZES, FULL = (1_000_000, 10_000_000), 100_000_000
OFFERED, BATCH, CONNECTIONS = 40_000, 100, 32
SECONDS, REST = 60, 0.15
TYPICAL_P99, LARGEST_P99 = 0.100, 0.150
TYPICAL, LARGEST = 4711, 0
_MUTATIONS = "SELECT count() FROM system.mutations WHERE table = 'events' AND NOT is_done"
_BARE = """
SELECT sum(toDecimal256(p_bytes, 12)) FROM events WHERE workspace = {workspace:UUID} AND subject IN {subjects:Array(String)}
  AND name = {name:String} AND time >= {start:DateTime64(6, 'UTC')} SETTINGS optimize_use_projections = 0
"""
_PARTS = "SELECT count(), sum(bytes_on_disk) FROM system.projection_parts WHERE table = 'events' AND active"


def run(options: BenchOptions) -> BenchResult:
    """Fill, load, ask, compare, as events grow."""
    sizes = (options.size,) if options.size else SIZES + ((FULL,) if options.is_full else ())
    figures: list[Figure] = []
    with stream_world(options.folder) as world:
        asked = _open(world)
        filled = 0
        for number, size in enumerate(sizes):
            fill_events(world, size - filled, first=filled)
            filled = size
            figures += _measure(world, asked, size, f"u{number}")
    return BenchResult(NAME, options.size, tuple(figures))


@dataclass(frozen=True)
class _Asked:
    """What is asked, by whom. paths: of the usage of each customer, by its number."""

    ctx: Context
    key: str
    paths: dict[int, str]


def _open(world: StreamWorld) -> _Asked:
    ctx = world.owner_context()
    meter_id = _open_meter(ctx)
    fill_ties(world)
    paths = {}
    for number, account_id in _open_accounts(world, ctx).items():
        paths[number] = f"/api/v1/meters/{meter_id}/usage?account={account_id}"
    return _Asked(ctx, _open_key(ctx), paths)


def _measure(world: StreamWorld, asked: _Asked, size: int, prefix: str) -> Iterator[Figure]:
    rollup_bytes = _roll_up(world, asked.ctx)
    running = Loading(Load(world.url, world.key, "/v1/batch", BATCH, CONNECTIONS, SECONDS, prefix, rate=OFFERED / BATCH))
    client = HTTPConnection(urlsplit(world.url).netloc, timeout=30)
    own: dict[int, list[float]] = {TYPICAL: [], LARGEST: []}
    bare: dict[int, list[float]] = {TYPICAL: [], LARGEST: []}
    while not running.is_over:
        for number, path in asked.paths.items():
            own[number].append(_ask(client, path, asked.key))
            bare[number].append(_ask_bare(world, customer(number)))
            time.sleep(REST)
    told = running.told()
    for number, name, budget in ((TYPICAL, "a typical customer", TYPICAL_P99), (LARGEST, "the largest", LARGEST_P99)):
        reference = bare[number]
        yield Figure(
            f"{name} of {size:,} events, p99", _part(own[number], 0.99), "s", at_most=budget, reference=_part(reference, 0.99)
        )
        yield Figure("  p50", _part(own[number], 0.5), "s", reference=_part(reference, 0.5))
    yield Figure("  events taken meanwhile", told["answered"] * BATCH / SECONDS, "events/s", at_least=OFFERED * 0.99)
    yield Figure("  answers other than 200", told["refused"], "requests", at_most=0)
    yield Figure("  rollup on disk", rollup_bytes, "bytes")


def _open_meter(ctx: Context) -> str:
    from tenure.stream.store.property_columns import ensure_column  # noqa: PLC0415 - settings are read from the home of the bench
    from tenure.usage.actions.create_meter import create_meter  # noqa: PLC0415
    from tenure.usage.domain.definitions import MeterDefinition  # noqa: PLC0415
    from tenure.usage.enums import Aggregation  # noqa: PLC0415

    ensure_column("bytes")
    meter = create_meter(ctx, MeterDefinition(Aggregation.SUM, ("Report Opened",), "bytes"), name="Bytes")
    return str(meter.pk)


def _roll_up(world: StreamWorld, ctx: Context) -> float:
    """Let the rollup be made where it pays, as the daily job does; returns its bytes."""
    from tenure.usage.rolling_up import roll_up  # noqa: PLC0415 - see _open_meter

    roll_up(ctx)
    while world.store.rows(_MUTATIONS)[0][0]:
        time.sleep(0.5)
    return float(world.store.rows(_PARTS)[0][1])


def _open_accounts(world: StreamWorld, ctx: Context) -> dict[int, str]:
    """The two customers' accounts, tied to their users."""
    from tenure.directory.actions.create_account import create_account  # noqa: PLC0415 - see _open_meter

    found = {}
    for number in (TYPICAL, LARGEST):
        account = create_account(ctx, {"name": f"Customer {number}"})
        world.tie(customer(number).subjects, account.pk)
        found[number] = str(account.pk)
    return found


def _open_key(ctx: Context) -> str:
    from tenure.workspace.actions.create_api_key import create_api_key  # noqa: PLC0415 - see _open_meter

    return create_api_key(ctx, "Bench", ["usage.view"])[1]


def _ask(client: HTTPConnection, path: str, key: str) -> float:
    began = time.perf_counter()
    client.request("GET", path, headers={"Authorization": f"Bearer {key}"})
    answer = client.getresponse()
    said = answer.read()
    if answer.status != HTTPStatus.OK:
        raise RuntimeError(said.decode())
    return time.perf_counter() - began


def _ask_bare(world: StreamWorld, asked: Customer) -> float:
    began = time.perf_counter()
    start = datetime.now(UTC) - timedelta(days=DAYS)
    world.store.rows(_BARE, workspace=world.workspace_id, subjects=asked.subjects, name="Report Opened", start=start)
    return time.perf_counter() - began


def _part(times: list[float], part: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]
