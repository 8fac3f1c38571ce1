"""The account list at a million accounts: every filter with every sort it offers, for a member of everything and one of a subtree.

A page is asked for whole: session, membership, grants, rows, capped count, the HTML. The reference is the bare SQL of the same page,
that is every statement it ran, run again on a plain connection of the same restricted role.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenure.config.bench.result import BenchOptions, BenchResult, Figure
from tenure.config.bench_world import BenchWorld, bench_world, forget_connections, signed_in
from tenure.kernel import clock

if TYPE_CHECKING:
    from uuid import UUID

NAME = "list"
SIZES = (10_000, 100_000, 1_000_000)
P95_SECONDS, TIMES_THE_SQL = 0.150, 5.0
SORTS = ("name", "-name", "arr", "-arr", "renews", "-renews", "updated", "-updated", "employees", "-employees", "-created")


@dataclass(frozen=True)
class Timing:
    """One page: seconds for all of it, and for its SQL alone."""

    query: str
    page: float
    sql: float


def run(options: BenchOptions) -> BenchResult:
    """Fill, measure, at three sizes a factor of ten apart (or at the one size asked for)."""
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

    root = fill_accounts(world, size)
    for who, client in (("everything", _client(world)), ("a subtree", _subtree_client(world, root))):
        timings = [_time(client, world, query) for query in _queries(world)]
        page, sql = _p95([timing.page for timing in timings]), _p95([timing.sql for timing in timings])
        slowest = max(timings, key=lambda timing: timing.page)
        work = f"page of {size:,} accounts, member of {who}, p95 of {len(timings)} pages (slowest: {slowest.query} {slowest.page:.3f} s)"
        yield Figure(work, page, "s", at_most=P95_SECONDS, reference=sql, ratio_at_most=TIMES_THE_SQL)


def _queries(world: BenchWorld) -> list[str]:
    """Every filter with every sort, and search as one types."""
    from tenure.directory.models import Segment  # noqa: PLC0415
    from tenure.workspace.models import Member  # noqa: PLC0415
    from tenure.workspace.scope import enter  # noqa: PLC0415

    with enter(world.ctx.scope):
        rare = Segment.objects.get(name="Enterprise").pk
        busy, idle = Member.objects.get(name="Member 0").pk, Member.objects.get(name="Member 19").pk
    filters = (
        "", "stage=lead", "stage=won,live", "stage=churned", f"segment={rare}", f"owner={busy}", f"owner={idle}", "country=IS",
        "industry=Energy", "employees=10..50", "employees=4000..", "arr=100..2000", "renews=2027-03-01..2027-03-31", "updated=-7d..",
        "created=-2d..", "external_id=X77", "q=hol", "q=hol+marine", "q=v", "stage=lead&country=IS&employees=..100",
    )  # fmt: skip
    return [f"{one}&sort={sort}" if one else f"sort={sort}" for one in filters for sort in SORTS]


def _time(client: Any, world: BenchWorld, query: str) -> Timing:  # noqa: ANN401 - Django's test client
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    address = f"/{world.slug}/accounts/?{query}"
    client.get(address)
    began = clock.monotonic()
    response = client.get(address)
    page = clock.monotonic() - began
    if response.status_code != 200:  # noqa: PLR2004 - HTTP
        raise RuntimeError(f"{address} answered {response.status_code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return Timing(query, page, _bare_sql(world, [entry["sql"] for entry in captured.captured_queries]))


def _bare_sql(world: BenchWorld, statements: list[str]) -> float:
    """Seconds for the page's statements on a plain connection of the app's role."""
    import psycopg  # noqa: PLC0415

    with psycopg.connect(world.app_url) as connection:
        connection.execute("SELECT set_config('tenure.workspace', %s, false)", [str(world.workspace_id)])
        reads = [text for text in statements if text.lstrip().startswith(("SELECT", "WITH")) and "set_config" not in text]
        began = clock.monotonic()
        for text in reads:
            connection.execute(text.replace("%", "%%").encode()).fetchall()
        return clock.monotonic() - began


def _client(world: BenchWorld) -> Any:  # noqa: ANN401 - Django's test client
    return signed_in(world.user)


def _subtree_client(world: BenchWorld, root: UUID) -> Any:  # noqa: ANN401 - Django's test client
    from tenure.workspace.models import Grant, Member, User  # noqa: PLC0415
    from tenure.workspace.scope import enter  # noqa: PLC0415

    user = User.objects.create_user("subtree@bench.example", None, name="Subtree")
    with enter(world.ctx.scope):
        now = world.ctx.now()
        member = Member.objects.create(
            workspace_id=world.workspace_id, user=user, name="Subtree", email=user.email, created_at=now
        )
        above = Grant.objects.get(parent=None)
        Grant.objects.create(
            workspace_id=world.workspace_id,
            parent=above,
            grantor_id=world.ctx.member_id,
            grantee_kind="member",
            grantee_id=member.pk,
            permissions=["*.view", "workspace.export"],
            scope="subtree",
            scope_account_id=root,
            created_at=now,
        )
    return signed_in(user)


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]
