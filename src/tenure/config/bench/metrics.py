"""Movements of subscriptions over 36 months from their facts, the queries that revenue pages are made of, the bow-tie, and the pages whole.

The reference computes and writes the same movements in one hand-written SQL statement, on a plain connection of the same restricted
role. Its sums per month are compared with ours: both must say the same.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg

from tenure.config.bench.result import BenchOptions, BenchResult, Figure
from tenure.config.bench_world import BenchWorld, bench_world, forget_connections, signed_in
from tenure.kernel import clock

if TYPE_CHECKING:
    from decimal import Decimal

NAME = "metrics"
BUDGET_SIZE = 100_000
SIZES = (1_000, 10_000, BUDGET_SIZE)
REBUILD_SECONDS, TIMES_THE_SQL, QUERY_SECONDS = 20.0, 3.0, 0.5
REPEATS = 10
PAGES = ("bow-tie", "revenue", "revenue/restatements", "retention", "return-on-channels", "pipeline")
START, END = date(2023, 11, 1), date(2026, 11, 1)

# The headline definition in SQL: an item's differences, netted per instant where an account goes on, named by what the account did.
REFERENCE = """
INSERT INTO reference_movement (id, workspace_id, account_id, parent_id, subscription_id, item_id, kind, micros, currency, rate, reporting_micros,
  effective_at, effective_on, recorded_at)
WITH level AS (
  SELECT account_id, subscription_id, item_id, currency, rate, valid_from, valid_to, CASE WHEN state = 'paid' THEN micros ELSE 0 END AS micros,
    lead(valid_from) OVER same_item AS next_from
  FROM billing_itemfact WHERE workspace_id = %(workspace)s AND superseded_at IS NULL
  WINDOW same_item AS (PARTITION BY item_id ORDER BY valid_from)
), step AS (
  SELECT account_id, subscription_id, item_id, currency, rate, valid_from AS at, micros FROM level
  UNION ALL
  SELECT account_id, subscription_id, item_id, currency, rate, valid_to, 0 FROM level WHERE valid_to IS NOT NULL AND next_from IS DISTINCT FROM valid_to
), change AS (
  SELECT *, micros - lag(micros, 1, 0::bigint) OVER same_item AS moved,
    (micros > 0)::int - (lag(micros, 1, 0::bigint) OVER same_item > 0)::int AS alive
  FROM step WINDOW same_item AS (PARTITION BY item_id ORDER BY at)
), instant AS (
  SELECT *, sum(alive) OVER (PARTITION BY account_id ORDER BY at RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS after,
    sum(greatest(moved, 0)) OVER together AS gained, sum(-least(moved, 0)) OVER together AS lost, sum(alive) OVER together AS joined,
    sum(abs(moved)) OVER (PARTITION BY account_id, at, sign(moved) ORDER BY item_id) AS running
  FROM change WHERE moved <> 0 WINDOW together AS (PARTITION BY account_id, at)
), named AS (
  SELECT *, after - joined AS before,
    count(*) FILTER (WHERE after = 0) OVER (PARTITION BY account_id ORDER BY at RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS ended
  FROM instant
), netted AS (
  SELECT *, CASE WHEN before = 0 OR after = 0 THEN moved
    ELSE sign(moved) * greatest(0, least(abs(moved), running - least(gained, lost))) END AS micros_moved
  FROM named
)
SELECT gen_random_uuid(), %(workspace)s, account_id, account_id, subscription_id, item_id,
  CASE WHEN before = 0 THEN CASE WHEN ended = 0 THEN 'new' ELSE 'reactivation' END WHEN after = 0 THEN 'churn' WHEN moved > 0 THEN 'expansion' ELSE 'contraction' END,
  micros_moved, currency, rate, micros_moved * rate, at, at::date, now()
FROM netted WHERE micros_moved <> 0
"""
BY_MONTH = """
SELECT date_trunc('month', effective_on)::date, kind, sum(micros) FROM {table} WHERE workspace_id = %s GROUP BY 1, 2 ORDER BY 1, 2
"""


def run(options: BenchOptions) -> BenchResult:
    """Fill, rebuild, ask; at three sizes a factor of ten apart, or at the one size asked for."""
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
    from tenure.billing.rebuild import rebuild_movements  # noqa: PLC0415 - models need the settings made by bench_world
    from tenure.config.bench_leads import fill_leads  # noqa: PLC0415
    from tenure.config.bench_subscriptions import fill_subscriptions  # noqa: PLC0415
    from tenure.insights.reports.bow_tie import bow_tie  # noqa: PLC0415

    facts = fill_subscriptions(world, size)
    reference, wanted = _reference(world)
    began = clock.monotonic()
    rebuild_movements(world.ctx)
    took = clock.monotonic() - began
    with psycopg.connect(world.owner_url, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE) billing_mrrmovement")
    if _sums(world, "billing_mrrmovement") != wanted:
        raise RuntimeError("The movements and those of the hand-written SQL differ.")
    work = f"movements of {size:,} subscriptions x 36 months from {facts:,} facts"
    yield Figure(work, took, "s", at_most=REBUILD_SECONDS, reference=reference, ratio_at_most=TIMES_THE_SQL)
    began = clock.monotonic()
    rebuild_movements(world.ctx)
    yield Figure(f"the same again, nothing changed, {size:,}", clock.monotonic() - began, "s")
    for name, ask in _questions(world):
        yield Figure(f"{name}, {size:,} subscriptions, p95 of {REPEATS}", _p95(world, ask), "s", at_most=QUERY_SECONDS)
    leads = fill_leads(world, size)
    bow_tie_of = lambda: bow_tie(world.ctx, {})  # noqa: E731
    yield Figure(f"bow-tie of {leads:,} leads, p95 of {REPEATS}", _p95(world, bow_tie_of), "s", at_most=QUERY_SECONDS)
    client = signed_in(world.user)
    for page in PAGES:
        look = partial(_look, client, f"/{world.slug}/{page}/")
        look()
        yield Figure(f"page {page}, {size:,} subscriptions, p95 of {REPEATS}", _p95_of(look), "s", at_most=QUERY_SECONDS)


def _reference(world: BenchWorld) -> tuple[float, list[Any]]:
    """Seconds for the hand-written SQL into a table with the same indexes, and what it says per month and kind."""
    with psycopg.connect(world.owner_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE reference_movement (LIKE billing_mrrmovement INCLUDING ALL)")
        connection.execute("ALTER TABLE reference_movement ALTER reason SET DEFAULT ''")
        connection.execute("GRANT ALL ON reference_movement TO tenure_app")
        connection.execute("ALTER TABLE reference_movement ENABLE ROW LEVEL SECURITY")
        connection.execute("CREATE POLICY fence ON reference_movement USING (workspace_id = tenure_workspace())")
    with psycopg.connect(world.app_url) as connection:
        connection.execute("SELECT set_config('tenure.workspace', %s, false)", [str(world.workspace_id)])
        began = clock.monotonic()
        connection.execute(REFERENCE, {"workspace": world.workspace_id})
        connection.commit()
        took = clock.monotonic() - began
    return took, _sums(world, "reference_movement")


def _sums(world: BenchWorld, table: str) -> list[tuple[date, str, Decimal]]:
    with psycopg.connect(world.app_url) as connection:
        connection.execute("SELECT set_config('tenure.workspace', %s, false)", [str(world.workspace_id)])
        return connection.execute(BY_MONTH.format(table=table).encode(), [world.workspace_id]).fetchall()


def _questions(world: BenchWorld) -> Iterator[tuple[str, Callable[[], object]]]:
    """What revenue pages ask."""
    from tenure.billing.queries import revenue  # noqa: PLC0415 - see _measure

    ctx = world.ctx
    yield "MRR on a day", lambda: revenue.mrr_at(ctx, date(2026, 6, 30))
    yield "waterfall of 36 months", lambda: revenue.movements_by_month(ctx, START, END)
    yield "retention of a year", lambda: revenue.retained_between(ctx, date(2025, 10, 1), date(2026, 10, 1))
    yield "cohort triangle of 36 months", lambda: revenue.cohort_levels(ctx, START, END)


def _p95(world: BenchWorld, ask: Callable[[], object]) -> float:
    from tenure.workspace.scope import enter  # noqa: PLC0415 - see _measure

    def in_workspace() -> None:
        with enter(world.ctx.scope):
            ask()

    return _p95_of(in_workspace)


def _p95_of(ask: Callable[[], object]) -> float:
    seconds = []
    for _ in range(REPEATS):
        began = clock.monotonic()
        ask()
        seconds.append(clock.monotonic() - began)
    return statistics.quantiles(seconds, n=20)[-1]


def _look(client: Any, path: str) -> None:  # noqa: ANN401 - Django's test client
    found = client.get(path)
    if found.status_code != 200:  # noqa: PLR2004 - HTTP's OK
        raise RuntimeError(f"{path} answered {found.status_code}.")
