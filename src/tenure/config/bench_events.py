"""Many events for benches, written straight into the event store: customers with users, one of them the twentieth part of all.

What they say is like what bench_load posts. They lie in the thirty days before today, day after day as they would have come.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from tenure.config.bench_stream import StreamWorld

DAYS = 30
CUSTOMERS, USERS, USERS_OF_THE_LARGEST = 10_000, 3, 100
LARGEST_IN = 20
NAMES = ("Report Opened", "Report Exported", "Dashboard Opened")
# A customer's id ends in its number; 0 is the largest.
ACCOUNT = "00000000-0000-7000-8000-{number:012x}"
_TIES = """
INSERT INTO ties (workspace, subject, since, account, version)
SELECT {workspace:UUID}, concat('u:', toString(customer), '-', toString(user)), toDateTime64('1970-01-01 00:00:00', 6, 'UTC'),
  toUUID(concat('00000000-0000-7000-8000-', leftPad(lower(hex(customer)), 12, '0'))), 1
FROM (SELECT toUInt32(number) AS customer, arrayJoin(range(if(number = 0, {largest:UInt32}, {users:UInt32}))) AS user
  FROM numbers({customers:UInt32}))
"""
_EVENTS = """
INSERT INTO events (workspace, subject, name, time, id, id_hash, source, user_id, client_time, received_at, properties, context, seq, idx, p_bytes)
SELECT {workspace:UUID}, concat('u:', who), {names:Array(String)}[rand(1) % {name_count:UInt32} + 1], at, toString(number), cityHash64(number), {workspace:UUID},
  who, at, at, concat('{"bytes":', toString(bytes), ',"plan":"team"}'), '{}', {seq:UInt64}, toUInt32(number), toDecimal128(bytes, 12)
FROM (
  SELECT number, if(rand(2) % {largest_in:UInt32} = 0, 0, 1 + rand(3) % ({customers:UInt32} - 1)) AS customer,
    concat(toString(customer), '-', toString(rand(4) % if(customer = 0, {largest:UInt32}, {users:UInt32}))) AS who,
    {day:DateTime64(6, 'UTC')} + toIntervalMillisecond(rand(5) % 86400000) AS at, rand(6) % 1000 AS bytes
  FROM numbers({first:UInt64}, {count:UInt64}))
SETTINGS insert_allow_materialized_columns = 1, max_insert_block_size = 500000
"""


@dataclass(frozen=True)
class Customer:
    """One of the customers. user_ids: of its users, as events say them."""

    id: UUID
    user_ids: tuple[str, ...]

    @property
    def subjects(self) -> list[str]:
        """Whose events are theirs."""
        return [f"u:{user}" for user in self.user_ids]


def customer(number: int) -> Customer:
    """A customer by number; 0 is the largest."""
    count = USERS if number else USERS_OF_THE_LARGEST
    return Customer(UUID(ACCOUNT.format(number=number)), tuple(f"{number}-{user}" for user in range(count)))


def fill_ties(world: StreamWorld) -> None:
    """Whose events are whose."""
    world.store.everywhere().command(
        _TIES, workspace=world.workspace_id, customers=CUSTOMERS, users=USERS, largest=USERS_OF_THE_LARGEST
    )


def fill_events(world: StreamWorld, total: int, *, first: int = 0) -> None:
    """Write about `total` events, numbered from `first`. The column of `bytes` exists already."""
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    for number in range(DAYS):
        world.store.everywhere().command(
            _EVENTS,
            workspace=world.workspace_id,
            names=list(NAMES),
            name_count=len(NAMES),
            largest_in=LARGEST_IN,
            customers=CUSTOMERS,
            users=USERS,
            largest=USERS_OF_THE_LARGEST,
            day=midnight - timedelta(days=DAYS - number),
            first=first + number * (total // DAYS),
            count=total // DAYS,
            seq=number + 1,
        )
