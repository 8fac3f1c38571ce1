"""Refused calls sent through acceptance again: the same checks, the same stream, the time of when they first came.

Counted once: a mark in PostgreSQL is written with the replay, and an id that the event store has already is not published again, however
long ago it was; between the two the writer knows ids as it always does.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
from django.conf import settings
from nats.errors import Error as NatsError

from tenure.stream.enums_of_governance import MarkState
from tenure.stream.errors import StreamBehind
from tenure.stream.ingest.accepting import Accepting, BodyUnreadable, CallRefused
from tenure.stream.ingest.cloud_events import KIND as CLOUD_EVENT
from tenure.stream.ingest.cloud_events import accept_event_again
from tenure.stream.ingest.publisher import Publisher
from tenure.stream.ingest.segment import accept_again
from tenure.stream.models import RefusalMark, Replay, Source
from tenure.stream.nats import connected_once, ensure_streams
from tenure.stream.own_loop import in_own_loop
from tenure.stream.queries.refusals import Refusal
from tenure.stream.queries.sources import as_ingest_knows_it
from tenure.stream.store.client import event_store

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.stream.blocks import Run
    from tenure.stream.ingest.sources import Source as IngestSource
    from tenure.workspace.context import Context

RETRY_SECONDS = 2
_WRITTEN = """
SELECT DISTINCT id_hash FROM {table} WHERE workspace = {{workspace:UUID}} AND id_hash IN ({hashes})"""
_TABLES = ("events", "sandbox_events", "deleted_ids")


@dataclass(slots=True)
class Outcome:
    """accepted: by place (seq, idx), with the event's id. refused: those still refused, with why."""

    accepted: dict[tuple[int, int], str] = field(default_factory=dict)
    refused: dict[tuple[int, int], str] = field(default_factory=dict)


def replay(ctx: Context, refusals: Sequence[Refusal], *, part_of: Replay | None = None) -> Outcome:
    """Accept the open ones among the calls and mark them; inside a transaction that locks nothing else.

    What is still refused stays open. Raises StreamBehind: then nothing is marked.
    """
    taken = _claim(ctx, [one for one in refusals if one.mark is None], part_of)
    outcome, runs = Outcome(), []
    sources = _sources({one.source for one in taken})
    for one in taken:
        accepting = _accepted(one, sources.get(one.source))
        if isinstance(accepting, str):
            outcome.refused[one.seq, one.idx] = accepting
        else:
            outcome.accepted[one.seq, one.idx] = accepting.run.ids[0]
            runs.append(accepting.run)
    _settle(taken, outcome)
    _publish(ctx.workspace.pk, _unwritten(ctx, runs))
    return outcome


def _claim(ctx: Context, refusals: Sequence[Refusal], part_of: Replay | None) -> list[Refusal]:
    """Mark them, unless somebody did meanwhile; who is first holds the row until the replay is committed."""
    if not refusals:
        return []
    told = {"workspace_id": ctx.workspace.pk, "state": MarkState.REPLAYED, "at": ctx.now(), "replay": part_of}
    told |= {"by_id": ctx.actor.id, "by_name": ctx.actor.name}
    marks = [RefusalMark(seq=one.seq, idx=one.idx, **told) for one in refusals]
    RefusalMark.objects.bulk_create(marks, ignore_conflicts=True)
    ours = set(RefusalMark.objects.filter(pk__in=[mark.pk for mark in marks]).values_list("seq", "idx"))
    return [one for one in refusals if (one.seq, one.idx) in ours]


def _settle(taken: Sequence[Refusal], outcome: Outcome) -> None:
    """Marks of what is still refused go again; the others get the id that the event has now."""
    marks = list(RefusalMark.objects.filter(seq__in={one.seq for one in taken}))
    RefusalMark.objects.filter(pk__in=[mark.pk for mark in marks if (mark.seq, mark.idx) in outcome.refused]).delete()
    kept = [mark for mark in marks if (mark.seq, mark.idx) in outcome.accepted]
    for mark in kept:
        mark.event_id = outcome.accepted[mark.seq, mark.idx]
    RefusalMark.objects.bulk_update(kept, ["event_id"])


def _sources(wanted: Iterable[UUID]) -> dict[UUID, IngestSource]:
    return {source.pk: as_ingest_knows_it(source) for source in Source.objects.filter(pk__in=list(wanted))}


def _accepted(refusal: Refusal, source: IngestSource | None) -> Accepting | str:
    """The call accepted, or why not."""
    if source is None:
        return "Its source does not exist any more."
    body = _with_id(refusal)
    try:
        if refusal.kind == CLOUD_EVENT:
            accepting = accept_event_again(body, source, refusal.received_micros)
        else:
            accepting = accept_again(refusal.kind, body, source, refusal.received_micros, refusal.skew)
    except (BodyUnreadable, CallRefused) as refused:
        return str(refused)
    return accepting.refused[0].reason if accepting.refused else accepting


def _with_id(refusal: Refusal) -> bytes:
    """A call that came without an id gets one from its place, so that replaying it again is the same event."""
    name = "id" if refusal.kind == CLOUD_EVENT else "messageId"
    try:
        call = msgspec.json.decode(refusal.body, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return refusal.body
    if bytes(call.get(name, b"null")) not in {b"null", b'""'}:
        return refusal.body
    return msgspec.json.encode({**call, name: f"refused-{refusal.key}"})


def _unwritten(ctx: Context, runs: Sequence[Run]) -> list[Run]:
    """Those whose events are not in the store yet."""
    hashes = sorted({run.hashes[0] for run in runs})
    if not hashes:
        return []
    listed = ", ".join(map(str, hashes))
    written = {
        int(found)
        for table in _TABLES
        for (found,) in event_store().rows(_WRITTEN.format(table=table, hashes=listed), workspace=ctx.workspace.pk)
    }
    return [run for run in runs if run.hashes[0] not in written]


def _publish(workspace_id: UUID, runs: Sequence[Run]) -> None:
    if not runs:
        return
    together: dict[tuple[bytes, int], list[Run]] = defaultdict(list)
    for run in runs:
        together[run.source, run.received_at].append(run)
    in_own_loop(_publish_all(workspace_id, [_joined(same) for same in together.values()]))


def _joined(runs: Sequence[Run]) -> Run:
    """Runs of one source and instant as one."""
    first, *more = runs
    for run in more:
        for name in _COLUMNS:
            getattr(first, name).extend(getattr(run, name))
    return first


_COLUMNS = (
    "ids",
    "hashes",
    "subjects",
    "names",
    "user_ids",
    "anonymous_ids",
    "group_ids",
    "times",
    "client_times",
    "properties",
    "contexts",
)


async def _publish_all(workspace_id: UUID, runs: Sequence[Run]) -> None:
    try:
        async with connected_once(settings.NATS_URL) as stream:
            await ensure_streams(stream.js)
            publisher = Publisher(stream.js)
            await asyncio.gather(*(publisher.publish(workspace_id, run, _size(run)) for run in runs))
    except (NatsError, OSError) as failed:
        raise StreamBehind(retry_seconds=RETRY_SECONDS) from failed


def _size(run: Run) -> int:
    return sum(map(len, run.properties)) + sum(map(len, run.contexts)) + 200 * len(run.ids)
