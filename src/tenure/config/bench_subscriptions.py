"""Many subscriptions for benches: accounts of very different size over 36 months, with trials, expansions, contractions, churn and return."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg

from tenure.config.bench_world import BenchWorld, copy_in
from tenure.kernel import clock
from tenure.kernel.collation import sort_key
from tenure.kernel.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID

FIRST = dt.date(2023, 11, 1)
MONTHS = 36
SUBSCRIPTIONS_PER_ACCOUNT = 5
SHARE_TRIAL, SHARE_CHANGE, SHARE_END = 0.2, 0.5, 0.35
PRICES = (4_900, 9_900, 19_900, 49_900, 120_000)

_ACCOUNT = ("id", "workspace_id", "external_id", "version", "created_at", "updated_at", "kind", "name", "name_sort", "name_key", "domain",
            "domain_key", "industry", "country", "city", "description", "came_from", "stage")  # fmt: skip
_SUBSCRIPTION = ("id", "workspace_id", "external_id", "version", "created_at", "updated_at", "account_id", "currency", "starts_on", "ends_on",
                 "end_reason", "is_trial", "term", "term_count", "plan", "monthly_minor", "state")  # fmt: skip
_ITEM = ("id", "workspace_id", "external_id", "version", "created_at", "updated_at", "subscription_id", "account_id", "plan", "quantity",
         "list_minor", "net_minor", "currency", "interval", "interval_count", "charge", "discount", "is_trial")  # fmt: skip
_FACT = ("id", "workspace_id", "account_id", "subscription_id", "item_id", "state", "list_minor", "net_minor", "micros", "currency", "rate",
         "interval", "interval_count", "charge", "discount", "valid_from", "valid_to", "recorded_at", "reason", "end_reason", "source")  # fmt: skip


class _Life(NamedTuple):
    """One subscription: whose, from when until when, and what it is worth from which instant on."""

    id: UUID
    account: UUID
    starts_on: dt.date
    ends_on: dt.date | None
    parts: list[tuple[str, int, dt.datetime, dt.datetime | None]]


def fill_subscriptions(world: BenchWorld, total: int) -> int:
    """Write `total` subscriptions with their facts, as the import would have recorded them; how many facts there are."""
    chance = random.Random(20261122)  # noqa: S311 - made-up subscriptions, not secrets
    accounts = [uuid7() for _ in range(max(1, total // SUBSCRIPTIONS_PER_ACCOUNT))]
    lives = [_life(chance, accounts) for _ in range(total)]
    with psycopg.connect(world.owner_url, autocommit=True) as connection:
        copy_in(connection, "directory_account", _ACCOUNT, (_account(world, key, number) for number, key in enumerate(accounts)))
        copy_in(connection, "workspace_accountpath", ("workspace_id", "ancestor_id", "descendant_id", "depth"),
                ((world.workspace_id, key, key, 0) for key in accounts))  # fmt: skip
        copy_in(connection, "billing_subscription", _SUBSCRIPTION, (_subscription(world, life) for life in lives))
        copy_in(connection, "billing_subscriptionitem", _ITEM, (_item(world, life) for life in lives))
        copy_in(connection, "billing_itemfact", _FACT, (row for life in lives for row in _facts(world, life)))
        connection.execute("VACUUM (ANALYZE)")
    return sum(len(life.parts) for life in lives)


def _life(chance: random.Random, accounts: list[UUID]) -> _Life:
    start = FIRST + dt.timedelta(days=chance.randrange(MONTHS * 30))
    end = start + dt.timedelta(days=chance.randrange(30, 700)) if chance.random() < SHARE_END else None
    bounds = [(start, "trial" if chance.random() < SHARE_TRIAL else "paid")]
    if bounds[0][1] == "trial":
        bounds.append((start + dt.timedelta(days=14), "paid"))
    while chance.random() < SHARE_CHANGE:
        bounds.append((bounds[-1][0] + dt.timedelta(days=chance.randrange(20, 300)), "paid"))
    bounds = [bound for bound in bounds if end is None or bound[0] < end]
    ends = [day for day, _ in bounds[1:]] + [end]
    parts = [
        (state, chance.choice(PRICES), _at(day), _at(until) if until else None)
        for (day, state), until in zip(bounds, ends, strict=True)
    ]
    place = min(int(chance.expovariate(3.0) * len(accounts)), len(accounts) - 1)
    return _Life(uuid7(), accounts[place], start, end, parts)


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def _account(world: BenchWorld, key: UUID, number: int) -> tuple[Any, ...]:
    now, name = clock.now(), f"Account {number}"
    return (
        key,
        world.workspace_id,
        f"X{number}",
        1,
        now,
        now,
        "company",
        name,
        sort_key(name),
        name.lower(),
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "won",
    )


def _subscription(world: BenchWorld, life: _Life) -> tuple[Any, ...]:
    now = clock.now()
    state = "ended" if life.ends_on is not None else "running"
    return (life.id, world.workspace_id, "", 1, now, now, life.account, "EUR", life.starts_on, life.ends_on, "", False, "", 1, "Team",
            life.parts[-1][1], state)  # fmt: skip


def _item(world: BenchWorld, life: _Life) -> tuple[Any, ...]:
    now, amount = clock.now(), life.parts[-1][1]
    return (
        life.id,
        world.workspace_id,
        "",
        1,
        now,
        now,
        life.id,
        life.account,
        "Team",
        1,
        amount,
        amount,
        "EUR",
        "month",
        1,
        "recurring",
        "",
        False,
    )


def _facts(world: BenchWorld, life: _Life) -> Iterator[tuple[Any, ...]]:
    for state, amount, start, end in life.parts:
        yield (uuid7(), world.workspace_id, life.account, life.id, life.id, state, amount, amount, amount * 1_000_000, "EUR", 1, "month", 1,
               "recurring", "", start, end, life.parts[0][2], "", "", "bench")  # fmt: skip
