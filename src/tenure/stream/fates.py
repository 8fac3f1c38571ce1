"""What became of calls: counted and by what, a duplicate, refused, still on its way, of a sandbox, waiting for an account.

Rooms that count events say what they count of each (`register_counter`); the bench shows it beside the event.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenure.stream.enums import EventFate
from tenure.stream.models import Tie
from tenure.stream.queries.stored_calls import find_stored
from tenure.stream.store.client import StoreUnavailable, event_store
from tenure.stream.writer.place import Place, read_place

if TYPE_CHECKING:
    from tenure.stream.arrivals import Arrival
    from tenure.workspace.context import Context

# For each event, in order, the names of what counts it: labels for people, in the caller's language.
Count = Callable[["Context", Sequence["Arrival"]], Sequence[Sequence[str]]]

counters: dict[str, Count] = {}


def register_counter(name: str, count: Count) -> None:
    """Have the bench ask `count` by what each accepted event is counted. name: the room's own, for whoever looks for it."""
    counters[name] = count


@dataclass(frozen=True, slots=True)
class Judged:
    """A call and what became of it. seq: its number in the store's order, 0 where that is not known. counted_by: labels.

    first: of a duplicate, (seq, idx) of the event that counts, where it was found.
    """

    call: Arrival
    fate: EventFate
    seq: int = 0
    counted_by: tuple[str, ...] = ()
    first: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of some calls. is_store_there: False where the event store did not say, so that nothing is more than on its way."""

    calls: list[Judged]
    is_store_there: bool = True


def judge(ctx: Context, calls: Sequence[Arrival], stream: str) -> Verdict:
    """What became of calls that were read from the stream. stream: which one (Look.stream)."""
    try:
        place = read_place(event_store()) or Place("", 0, 0)
        is_same = place.stream == stream
        written = [one for one in calls if is_same and one.place <= place.stream_seq and not (one.is_refused or one.is_sandbox)]
        numbers = {one.place: place.number(one.place) for one in calls} if is_same else {}
        stored = find_stored(
            ctx.workspace.pk, {one.id_hash for one in written}, {one.subject for one in written}, numbers.values()
        )
    except StoreUnavailable:
        return Verdict([Judged(one, _fate_outside(one) or EventFate.ON_WAY) for one in calls], is_store_there=False)
    tied = _tied({one.subject for one in written})
    counted = _counted_by(ctx, calls)
    known = set(map(id, written))
    return Verdict(
        [
            _judged(one, numbers.get(one.place, 0), stored, tied, counted[at], is_written=id(one) in known)
            for at, one in enumerate(calls)
        ]
    )


def _judged(
    call: Arrival,
    seq: int,
    stored: dict[int, list[tuple[int, int]]],
    tied: set[str],
    counted_by: tuple[str, ...],
    *,
    is_written: bool,
) -> Judged:
    outside = _fate_outside(call)
    if outside is not None:
        return Judged(call, outside, seq)
    if not is_written:
        return Judged(call, EventFate.ON_WAY, seq)
    places = stored.get(call.id_hash, [])
    if (seq, call.idx) not in places:
        return Judged(call, EventFate.DUPLICATE, seq, first=min(places, default=None))
    return Judged(call, EventFate.COUNTED if call.subject in tied else EventFate.WAITING, seq, counted_by)


def _fate_outside(call: Arrival) -> EventFate | None:
    """The fate of what the store's order has no part in."""
    if call.is_refused:
        return EventFate.REFUSED
    return EventFate.SANDBOX if call.is_sandbox else None


def _tied(subjects: set[str]) -> set[str]:
    """The subjects whose account is known."""
    if not subjects:
        return set()
    return set(Tie.objects.filter(subject__in=subjects, account_id__isnull=False).values_list("subject", flat=True))


def _counted_by(ctx: Context, calls: Sequence[Arrival]) -> list[tuple[str, ...]]:
    """For each call the labels of all rooms."""
    accepted = [(at, call) for at, call in enumerate(calls) if not (call.is_refused or call.is_sandbox)]
    found: list[tuple[str, ...]] = [()] * len(calls)
    for count in counters.values():
        labels = count(ctx, [call for _, call in accepted])
        for (at, _), own in zip(accepted, labels, strict=True):
            found[at] = (*found[at], *own)
    return found
