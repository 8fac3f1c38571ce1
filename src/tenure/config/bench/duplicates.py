"""Duplicates of one record among a million accounts: asked with an existing account's own values, as the form of a new one asks.

Also the page that lists groups of accounts with an equal key, which walks an index.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import psycopg

from tenure.config.bench.result import BenchOptions, BenchResult, Figure
from tenure.config.bench_world import BenchWorld, bench_world, forget_connections
from tenure.kernel import clock

if TYPE_CHECKING:
    from uuid import UUID

NAME = "duplicates"
SIZES = (10_000, 100_000, 1_000_000)
BUDGET_SECONDS = 0.050
ASKED = 300


def run(options: BenchOptions) -> BenchResult:
    """Fill and ask, at three sizes a factor of ten apart, or at the one size asked for."""
    figures: list[Figure] = []
    for size in (options.size,) if options.size else SIZES:
        folder = options.folder / str(size)
        folder.mkdir()
        options.folder.chmod(0o711)
        with bench_world(folder) as world:
            figures += _measure(world, size)
        forget_connections()
    return BenchResult(NAME, options.size, tuple(figures))


def _measure(world: BenchWorld, size: int) -> Iterator[Figure]:
    from tenure.config.bench_accounts import fill_accounts  # noqa: PLC0415 - models need the settings made by bench_world
    from tenure.directory.queries.duplicates import find_duplicates  # noqa: PLC0415
    from tenure.directory.queries.likeness import alike_accounts  # noqa: PLC0415

    fill_accounts(world, size)
    asked = _some_accounts(world)
    by_values = [
        _seconds(world, lambda: find_duplicates(world.ctx, name=name, domain=domain, external_id=external_id, but=key))  # noqa: B023
        for key, name, domain, external_id in asked
    ]
    yield Figure(f"duplicates of one among {size:,}, p95 of {len(asked)}", _p95(by_values), "s", at_most=BUDGET_SECONDS)
    pages = [_seconds(world, lambda: alike_accounts(world.ctx)) for _ in range(10)]
    yield Figure(f"first page of groups alike among {size:,}, p95 of {len(pages)}", _p95(pages), "s")


def _some_accounts(world: BenchWorld) -> list[tuple[UUID, str, str, str]]:
    """Some accounts anywhere, the same ones every time."""
    with psycopg.connect(world.owner_url) as connection:
        rows = connection.execute("SELECT id, name, domain, external_id FROM directory_account ORDER BY external_id").fetchall()
    return random.Random(1).sample(rows, min(ASKED, len(rows)))  # noqa: S311 - the same accounts every time


def _seconds(world: BenchWorld, ask: Callable[[], object]) -> float:
    from tenure.workspace.scope import enter  # noqa: PLC0415 - see _measure

    began = clock.monotonic()
    with enter(world.ctx.scope):
        ask()
    return clock.monotonic() - began


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]
