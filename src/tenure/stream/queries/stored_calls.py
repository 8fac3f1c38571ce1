"""Calls in the event store: by what the bench looks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tenure.stream.arrivals import Arrival
from tenure.stream.store.client import event_store

if TYPE_CHECKING:
    from uuid import UUID

ACTIVITY_DAYS = 7
MOST_FOUND = 20
SEARCH_SECONDS = 10
_RECENT = """
SELECT id_hash, seq, idx FROM events
WHERE workspace = {workspace:UUID} AND seq >= {first:UInt64} AND seq <= {last:UInt64} AND id_hash IN {hashes:Array(UInt64)}"""
_EARLIER = """
SELECT id_hash, seq, idx FROM events
WHERE workspace = {workspace:UUID} AND subject IN {subjects:Array(String)} AND id_hash IN {hashes:Array(UInt64)}"""
_ACTIVITY = """
SELECT source, sum(day), max(last) FROM (
    SELECT source, countIf(received_at >= fromUnixTimestamp64Micro({day:Int64}, 'UTC')) AS day, toUnixTimestamp64Micro(max(received_at)) AS last
    FROM events WHERE workspace = {workspace:UUID} AND received_at >= fromUnixTimestamp64Micro({since:Int64}, 'UTC') GROUP BY source
    UNION ALL
    SELECT source, countIf(received_at >= fromUnixTimestamp64Micro({day:Int64}, 'UTC')) AS day, toUnixTimestamp64Micro(max(received_at)) AS last
    FROM sandbox_events WHERE workspace = {workspace:UUID} AND received_at >= fromUnixTimestamp64Micro({since:Int64}, 'UTC') GROUP BY source
) GROUP BY source"""
_TIMES = "toUnixTimestamp64Micro(time), toUnixTimestamp64Micro(client_time), toUnixTimestamp64Micro(received_at)"
_CALL = f"SELECT seq, idx, source, {_TIMES}, id, name, subject, user_id, anonymous_id, group_id, properties, context, id_hash"
_REFUSAL = "SELECT seq, idx, source, toUnixTimestamp64Micro(received_at), id, name, code, reason, position, body"
_LIMIT = f"ORDER BY received_at DESC LIMIT {MOST_FOUND} SETTINGS max_execution_time = {SEARCH_SECONDS}"
_HOUR = 3600 * 1_000_000


def find_stored(
    workspace: UUID, hashes: set[int], subjects: set[str], numbers: Iterable[int]
) -> dict[int, list[tuple[int, int]]]:
    """Where the events with these ids stand, as (seq, idx) by id_hash.

    subjects, numbers: of the calls asked about. The stretch of these numbers is looked at first, and what is not in it among the same
    subjects' whole history: a duplicate under another subject is found only while its first one is recent. Raises StoreUnavailable.
    """
    if not hashes:
        return {}
    asked = sorted(numbers)
    found: dict[int, list[tuple[int, int]]] = {}

    def take(sql: str, wanted: set[int], **more: object) -> None:
        for id_hash, seq, idx in event_store().rows(sql, workspace=workspace, hashes=sorted(wanted), **more):
            found.setdefault(int(id_hash), []).append((int(seq), int(idx)))

    take(_RECENT, hashes, first=asked[0], last=asked[-1])
    missing = hashes - found.keys()
    if missing:
        take(_EARLIER, missing, subjects=sorted(subjects))
    return found


def source_activity(workspace: UUID, now: int) -> dict[UUID, tuple[int, int]]:
    """By source: how many events in the last 24 hours, and when the last one came, of those of ACTIVITY_DAYS. Microseconds.

    Raises StoreUnavailable.
    """
    rows = event_store().rows(_ACTIVITY, workspace=workspace, day=now - 24 * _HOUR, since=now - ACTIVITY_DAYS * 24 * _HOUR)
    return {source: (int(day), int(last)) for source, day, last in rows}


def find_by_id(workspace: UUID, call_id: str) -> list[tuple[int, Arrival]]:
    """The calls with this id that the store has, each with its number: counted, of a sandbox, and refused. Raises StoreUnavailable."""
    return _found("id = {id:String}", workspace, id=call_id)


def find_at(workspace: UUID, seq: int, idx: int) -> list[tuple[int, Arrival]]:
    """The call that the store has at that number. Raises StoreUnavailable."""
    return _found("seq = {seq:UInt64} AND idx = {idx:UInt32}", workspace, seq=seq, idx=idx)


def _found(condition: str, workspace: UUID, **parameters: object) -> list[tuple[int, Arrival]]:
    where = f"WHERE workspace = {{workspace:UUID}} AND {condition} {_LIMIT}"
    store = event_store()
    calls = []
    for table in ("events", "sandbox_events"):
        rows = store.rows(f"{_CALL} FROM {table} {where}", workspace=workspace, **parameters)
        calls += [_call(row, is_sandbox=table != "events") for row in rows]
    rows = store.rows(f"{_REFUSAL} FROM refusals {where}", workspace=workspace, **parameters)
    return calls + [_refusal(row) for row in rows]


def _call(row: tuple[Any, ...], *, is_sandbox: bool) -> tuple[int, Arrival]:
    seq, idx, source, time, client_time, received_at, *rest, properties, context, id_hash = row
    call_id, name, subject, user_id, anonymous_id, group_id = rest
    return seq, Arrival(
        place=0,
        idx=idx,
        source=source,
        received_at=received_at,
        id=call_id,
        name=name,
        subject=subject,
        user_id=user_id,
        anonymous_id=anonymous_id,
        group_id=group_id,
        time=time,
        client_time=client_time,
        properties=_bytes(properties),
        context=_bytes(context),
        id_hash=id_hash,
        is_sandbox=is_sandbox,
    )


def _refusal(row: tuple[Any, ...]) -> tuple[int, Arrival]:
    seq, idx, source, received_at, call_id, name, code, reason, position, body = row
    return seq, Arrival(
        place=0,
        idx=idx,
        source=source,
        received_at=received_at,
        id=call_id,
        name=name,
        time=received_at,
        client_time=received_at,
        code=code,
        reason=reason,
        position=position,
        body=_bytes(body),
    )


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
