"""Importing accounts: the preview, the run and its undo, at sizes a factor of ten apart, with the memory each takes.

A row has ten columns that are mapped. The reference is COPY of the same rows, computed keys included, by the owner's role into an empty
table like the accounts' with all its indexes and constraints. Ratios are of rates: a tenth of the reference is 0.1.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from tenure.config.bench.result import BenchOptions, BenchResult, Figure
from tenure.config.bench_world import BenchWorld, bench_world, copy_in
from tenure.kernel import clock

if TYPE_CHECKING:
    from tenure.workspace.models import ImportRun

NAME = "import"
SIZES = (10_000, 100_000)
FULL_SIZE = 1_000_000
ROWS_A_SECOND, OF_THE_REFERENCE = 5_000.0, 1 / 15
MEGABYTES_MORE = 60.0
HEADER = ("id", "name", "domain", "industry", "country", "city", "employees", "came_from", "tags", "description")
_WORDS = [
    "Aster",
    "Birch",
    "Cedar",
    "Delta",
    "Ember",
    "Falcon",
    "Garnet",
    "Harbor",
    "Indigo",
    "Juniper",
    "Kestrel",
    "Lumen",
    "Marlin",
    "Nimbus",
    "Orchid",
    "Pioneer",
    "Quartz",
]
_FORMS = ("GmbH", "Ltd", "Inc", "S.A.", "B.V.", "AG")
_COPIED = (
    "id", "workspace_id", "external_id", "version", "created_at", "updated_at", "kind", "name", "name_sort", "name_key", "domain",
    "domain_key", "industry", "country", "city", "employees", "description", "came_from", "stage",
)  # fmt: skip


def run(options: BenchOptions) -> BenchResult:
    """Import, look, undo, at each size; the growth of memory from the smallest to the largest is a figure of its own."""
    sizes = (options.size,) if options.size else (*SIZES, FULL_SIZE) if options.is_full else SIZES
    figures: list[Figure] = []
    peaks: list[float] = []
    with bench_world(options.folder) as world:
        for size in sizes:
            path = options.folder / f"accounts-{size}.csv"
            write_accounts(path, size)
            reference = _reference(world, path, size)
            figures += _measure(world, path, size, reference, peaks)
    if len(peaks) > 1:
        figures.append(Figure("memory of the largest over the smallest", peaks[-1] - peaks[0], "MB", at_most=MEGABYTES_MORE))
    return BenchResult(NAME, options.size, tuple(figures))


def write_accounts(path: Path, size: int) -> None:
    """A file of invented companies, the same for the same size."""
    chance = random.Random(size)  # noqa: S311 - the same file every time
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(_row(number, size, chance) for number in range(size))


def _row(number: int, size: int, chance: random.Random) -> tuple[Any, ...]:
    one, two = chance.choice(_WORDS), chance.choice(_WORDS)
    name = f"{one} {two} {number:x} {chance.choice(_FORMS)}"
    return (
        f"{size}-{number}", name, f"{one.lower()}-{number:x}.example", chance.choice(("Energy", "Steel", "Software", "Retail")),
        chance.choice(("DE", "ES", "CN", "US", "FR")), chance.choice(("Bonn", "Sevilla", "Wuhan", "Austin", "Lyon")),
        chance.randrange(1, 5000), chance.choice(("Fair", "Referral", "Search")), "customer" if number % 3 else "",
        f"{name} makes things that others need, since {1950 + number % 70}.",
    )  # fmt: skip


def _reference(world: BenchWorld, path: Path, size: int) -> float:
    """Rows a second of COPY by the owner."""
    rows = list(_copied(world, path))
    with psycopg.connect(world.owner_url, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS bench_account")
        connection.execute("CREATE TABLE bench_account (LIKE directory_account INCLUDING ALL)")
        began = clock.monotonic()
        copy_in(connection, "bench_account", _COPIED, iter(rows))
        took = clock.monotonic() - began
        connection.execute("DROP TABLE bench_account")
    return size / took


def _copied(world: BenchWorld, path: Path) -> Iterator[tuple[Any, ...]]:
    from tenure.directory.domain.keys import domain_key, name_key  # noqa: PLC0415 - models need the settings made by bench_world
    from tenure.kernel.collation import sort_key  # noqa: PLC0415
    from tenure.kernel.ids import uuid7  # noqa: PLC0415

    now = world.ctx.now()
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield (
                uuid7(), world.workspace_id, row["id"], 1, now, now, "company", row["name"], sort_key(row["name"]), name_key(row["name"]),
                row["domain"], domain_key(row["domain"]), row["industry"], row["country"], row["city"], int(row["employees"]),
                row["description"], row["came_from"], "",
            )  # fmt: skip


def _measure(world: BenchWorld, path: Path, size: int, reference: float, peaks: list[float]) -> Iterator[Figure]:
    from tenure.workspace.actions.claim_import import claim_import  # noqa: PLC0415 - see _copied
    from tenure.workspace.actions.draft_import import draft_import  # noqa: PLC0415
    from tenure.workspace.imports.plan import FilePlan  # noqa: PLC0415
    from tenure.workspace.imports.preview import preview_run  # noqa: PLC0415
    from tenure.workspace.imports.run import carry_out  # noqa: PLC0415

    ctx = world.ctx
    _forget_peak()

    def draft() -> ImportRun:
        with path.open("rb") as content:
            return draft_import(ctx, [(path.name, content, FilePlan("account"))])

    drafted, seconds = _timed(draft)
    yield Figure(f"upload and profile of {size:,} rows", size / seconds, "rows/s", at_least=ROWS_A_SECOND)
    preview, seconds = _timed(lambda: preview_run(ctx, drafted))
    yield _rate(f"preview of {size:,} rows", size, seconds, reference)
    started = claim_import(ctx, drafted.pk)
    change_set, seconds = _timed(lambda: carry_out(ctx, started.pk, started.attempt))
    yield _rate(f"import of {size:,} rows", size, seconds, reference)
    if not preview["created"] == change_set.created == size:
        raise RuntimeError(f"{preview['created']} were to be created, {change_set.created} were, of {size}")
    peaks.append(_peak_megabytes())
    yield Figure(f"memory while {size:,} rows are profiled, previewed and imported", peaks[-1], "MB")
    _undone, seconds = _timed(lambda: _undo(world, change_set.pk))
    yield Figure(f"undo of {size:,} rows", size / seconds, "rows/s", at_least=ROWS_A_SECOND)


def _undo(world: BenchWorld, change_set_id: Any) -> None:  # noqa: ANN401 - an id
    from tenure.workspace.enums import ChangeSetState  # noqa: PLC0415 - see _copied
    from tenure.workspace.models import ChangeSet  # noqa: PLC0415
    from tenure.workspace.scope import enter  # noqa: PLC0415
    from tenure.workspace.undo import carry_out_undo  # noqa: PLC0415

    with enter(world.ctx.scope):
        ChangeSet.objects.filter(pk=change_set_id).update(state=ChangeSetState.UNDOING)
    carry_out_undo(world.ctx, change_set_id)
    with enter(world.ctx.scope):
        undone = ChangeSet.objects.get(pk=change_set_id)
    if undone.undone != undone.created:
        raise RuntimeError(f"{undone.undone} of {undone.created} rows were taken back")


def _rate(work: str, size: int, seconds: float, reference: float) -> Figure:
    return Figure(work, size / seconds, "rows/s", at_least=ROWS_A_SECOND, reference=reference, ratio_at_least=OF_THE_REFERENCE)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = clock.monotonic()
    result = work()
    return result, clock.monotonic() - began


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak_megabytes() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024
