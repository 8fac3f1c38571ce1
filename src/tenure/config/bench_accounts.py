"""Many accounts for benches: names like companies', some stages, owners and segments far commoner than others, a tree on one side."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import accumulate, count
from typing import Any
from uuid import UUID

import psycopg

from tenure.config.bench_world import BenchWorld, copy_in
from tenure.directory.domain.keys import domain_key, name_key, tokens_of
from tenure.kernel import clock
from tenure.kernel.collation import sort_key
from tenure.kernel.ids import uuid7

SYLLABLES = (
    "hol",
    "lis",
    "nor",
    "land",
    "ve",
    "ga",
    "kes",
    "trel",
    "fjo",
    "ord",
    "at",
    "las",
    "ma",
    "ple",
    "bri",
    "wa",
    "ter",
    "ca",
    "sa",
    "lu",
    "men",
)
SECOND = [
    "Logistics",
    "Energi",
    "Instruments",
    "Freight",
    "Marine",
    "Catering",
    "Clinics",
    "Oliva",
    "Ibarra",
    "Foods",
    "Systems",
    "Labs",
    "Trading",
    "Partners",
    "Health",
    "Retail",
    "Media",
]
FIRST_WORDS = 3000
STAGES = ("lead", "lead", "lead", "lead", "opportunity", "won", "live", "adopting", "adopting", "renewed", "churned", "")
INDUSTRIES = ("Logistics", "Energy", "Health", "Retail", "Software", "Finance", "Education", "")
COUNTRIES = ("DE", "DE", "DE", "FR", "ES", "NL", "CN", "US", "US", "IS")
PAYING = frozenset({"won", "live", "adopting", "renewed"})
SUBTREE_EVERY = 10

COLUMNS = (
    "id", "workspace_id", "external_id", "version", "created_at", "updated_at", "kind", "name", "name_sort", "name_key", "domain",
    "domain_key", "parent_id", "segment_id", "owner_id", "industry", "country", "city", "employees", "description", "came_from",
    "stage", "arr_minor", "renews_on",
)  # fmt: skip


def fill_accounts(world: BenchWorld, total: int) -> UUID:
    """Write `total` accounts; returns the root of a subtree that holds one in ten."""
    chance = random.Random(20261121)  # noqa: S311 - made-up accounts, not secrets
    with psycopg.connect(world.owner_url, autocommit=True) as connection:
        segments, owners = _segments(connection, world), _owners(world)
        rows = list(_rows(world, total, chance, segments, owners))
        root = rows[0][0]
        copy_in(connection, "directory_account", COLUMNS, iter(rows))
        key = COLUMNS.index("name_key")
        tokens = ((world.workspace_id, row[0], token) for row in rows for token in tokens_of(row[key]))
        copy_in(connection, "directory_accounttoken", ("workspace_id", "account_id", "token"), tokens)
        copy_in(
            connection, "workspace_accountpath", ("workspace_id", "ancestor_id", "descendant_id", "depth"), _paths(world, rows)
        )
        connection.execute("VACUUM (ANALYZE)")
    return UUID(str(root))


def _rows(
    world: BenchWorld, total: int, chance: random.Random, segments: list[UUID], owners: list[UUID]
) -> Iterator[tuple[Any, ...]]:
    now = clock.now()
    root = None
    first = sorted({"".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(FIRST_WORDS)})
    # As with real companies, some first words are common and most are rare (Zipf): the commonest begins two names in a hundred.
    commonness = list(accumulate(1 / (rank + 10) for rank in range(len(first))))
    for number in range(total):
        name = f"{chance.choices(first, cum_weights=commonness)[0]} {chance.choice(SECOND)} {number} GmbH"
        stage = chance.choice(STAGES)
        at = now - dt.timedelta(minutes=total - number)
        domain = f"{name.split(maxsplit=1)[0].lower()}{number}.example"
        key = uuid7()
        is_below = root is not None and number % SUBTREE_EVERY == 0
        yield (
            key, world.workspace_id, f"X{number}", 1, at, at + dt.timedelta(seconds=chance.randrange(86400)), "company", name,
            sort_key(name), name_key(name), domain, domain_key(domain), root if is_below else None,
            chance.choices(segments, (70, 25, 5))[0], owners[min(int(chance.expovariate(0.4)), len(owners) - 1)],
            chance.choice(INDUSTRIES), chance.choice(COUNTRIES), "Rotterdam", chance.randrange(1, 5000) if number % 3 else None, "", "",
            stage, chance.randrange(100_000, 50_000_000) if stage in PAYING else None,
            dt.date(2027, 1, 1) + dt.timedelta(days=chance.randrange(365)) if stage in PAYING else None,
        )  # fmt: skip
        root = root or key


def _paths(world: BenchWorld, rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    parent = COLUMNS.index("parent_id")
    for row in rows:
        yield world.workspace_id, row[0], row[0], 0
        if row[parent]:
            yield world.workspace_id, row[parent], row[0], 1


def _segments(connection: psycopg.Connection[Any], world: BenchWorld) -> list[UUID]:
    keys = [uuid7() for _ in range(3)]
    names = zip(keys, ("Small", "Mid-market", "Enterprise"), count(1), strict=False)
    rows = [(key, world.workspace_id, name, "", position, "[]", clock.now()) for key, name, position in names]
    copy_in(
        connection,
        "directory_segment",
        ("id", "workspace_id", "name", "description", "position", "needs", "created_at"),
        iter(rows),
    )
    return keys


def _owners(world: BenchWorld) -> list[UUID]:
    from tenure.workspace.models import Member  # noqa: PLC0415 - models need the settings made by bench_world
    from tenure.workspace.scope import enter  # noqa: PLC0415

    now = clock.now()
    with enter(world.ctx.scope):
        members = Member.objects.bulk_create(
            Member(workspace_id=world.workspace_id, name=f"Member {number}", email=f"m{number}@bench.example", created_at=now)
            for number in range(20)
        )
    return [member.pk for member in members]
