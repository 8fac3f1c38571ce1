"""Refused calls: read from the store, with what became of each from PostgreSQL."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from tenure.kernel.errors import NotFound
from tenure.stream.ingest.instants import read_instant
from tenure.stream.models import RefusalMark
from tenure.stream.queries.plan_rules import EPOCH, instant_of
from tenure.stream.readers import written_upto
from tenure.stream.store.client import event_store

if TYPE_CHECKING:
    from tenure.workspace.context import Context

VIEW = "stream.view_refusals"
PAGE_ROWS = 50
COUNT_CAP = 100_000
_COLUMNS = """toUnixTimestamp64Micro(received_at) AS received, toString(source), position, toString(code), base64Encode(reason),
    base64Encode(name), base64Encode(id), {body}, toString(kind), skew, seq, idx"""
_SELECT = "SELECT {columns} FROM refusals WHERE workspace = {{workspace:UUID}}{conditions} ORDER BY {order} LIMIT {limit}"
_COUNT = "SELECT count() FROM (SELECT 1 FROM refusals WHERE workspace = {{workspace:UUID}}{conditions} LIMIT {cap})"
_CODES = """
SELECT toString(code), count() FROM refusals WHERE workspace = {workspace:UUID} GROUP BY code ORDER BY count() DESC LIMIT 100"""
_AFTER = " AND (received_at, seq, idx) {sign} (fromUnixTimestamp64Micro({{received:Int64}}, 'UTC'), {{after_seq:UInt64}}, {{after_idx:UInt32}})"


@dataclass(frozen=True, slots=True)
class RefusalFilter:
    """Which refused calls: of a code, a source, a name of an event, received from an instant until before another."""

    code: str = ""
    source: UUID | None = None
    name: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        """The filter as `as_json` wrote it."""
        source = said.get("source")
        return cls(
            code=str(said.get("code", "")),
            source=UUID(source) if source else None,
            name=str(said.get("name", "")),
            since=read_instant(str(said.get("since", ""))),
            until=read_instant(str(said.get("until", ""))),
        )

    def as_json(self) -> dict[str, str]:
        """What it asks for, as text."""
        said = {"code": self.code, "source": str(self.source or ""), "name": self.name}
        said |= {name: value.isoformat() if value else "" for name, value in (("since", self.since), ("until", self.until))}
        return {name: value for name, value in said.items() if value}

    def conditions(self) -> tuple[str, dict[str, Any]]:
        """SQL to stand behind the workspace's condition, and its parameters."""
        parts: list[str] = []
        given: dict[str, Any] = {}
        if self.code:
            parts, given = [*parts, "code = {code:String}"], given | {"code": self.code}
        if self.source:
            parts, given = [*parts, "source = {source:UUID}"], given | {"source": self.source}
        if self.name:
            parts, given = [*parts, "name = {name:String}"], given | {"name": self.name}
        if self.since:
            parts.append("received_at >= fromUnixTimestamp64Micro({since:Int64}, 'UTC')")
            given["since"] = micros_of(self.since)
        if self.until:
            parts.append("received_at < fromUnixTimestamp64Micro({until:Int64}, 'UTC')")
            given["until"] = micros_of(self.until)
        return "".join(f" AND {part}" for part in parts), given


@dataclass(frozen=True, slots=True)
class Place:
    """A refusal's place in the order of a list: received (microseconds), seq, idx."""

    received: int
    seq: int
    idx: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The place that `str` wrote; None for anything else."""
        parts = text.split("-")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 20 for part in parts):  # noqa: PLR2004 - its three numbers
            return None
        return cls(*map(int, parts))

    def __str__(self) -> str:
        return f"{self.received}-{self.seq}-{self.idx}"


@dataclass(slots=True)
class Refusal:
    """One refused call. body: '' where it was not asked for. mark: what became of it, None while it is open."""

    received_at: datetime
    source: UUID
    position: int
    code: str
    reason: str
    name: str
    event_id: str
    body: bytes
    kind: str
    skew: int
    seq: int
    idx: int
    mark: RefusalMark | None = None

    @property
    def key(self) -> str:
        """Its place in the store: what addresses name it by."""
        return f"{self.seq}-{self.idx}"

    @property
    def place(self) -> Place:
        """Its place in a list."""
        return Place(self.received_micros, self.seq, self.idx)

    @property
    def received_micros(self) -> int:
        """Microseconds since 1970."""
        return micros_of(self.received_at)

    @property
    def text(self) -> str:
        """The body, whatever bytes it has."""
        return self.body.decode(errors="replace")


def micros_of(instant: datetime) -> int:
    """Microseconds since 1970, exactly."""
    gone = instant.astimezone(UTC) - EPOCH
    return (gone.days * 86_400 + gone.seconds) * 1_000_000 + gone.microseconds


def list_refusals(
    ctx: Context,
    wanted: RefusalFilter,
    *,
    after: Place | None = None,
    limit: int = PAGE_ROWS,
    upto: int | None = None,
    is_oldest_first: bool = False,
    with_body: bool = False,
) -> list[Refusal]:
    """Refused calls that pass the filter, the newest first, behind a place. upto: of the store's numbers only those up to it."""
    conditions, given = wanted.conditions()
    if after is not None:
        conditions += _AFTER.format(sign=">" if is_oldest_first else "<")
        given |= {"received": after.received, "after_seq": after.seq, "after_idx": after.idx}
    if upto is not None:
        conditions, given = conditions + " AND seq <= {upto:UInt64}", given | {"upto": upto}
    direction = "ASC" if is_oldest_first else "DESC"
    statement = _SELECT.format(
        columns=_COLUMNS.format(body="base64Encode(body)" if with_body else "''"),
        conditions=conditions,
        order=", ".join(f"{name} {direction}" for name in ("received_at", "seq", "idx")),
        limit=limit,
    )
    return _with_marks(_read(statement, workspace=ctx.workspace.pk, **given))


def walk_refusals(ctx: Context, wanted: RefusalFilter, *, rows: int = 1_000, with_body: bool = False) -> Iterator[Refusal]:
    """All that pass the filter, the newest first, page by page."""
    after: Place | None = None
    while page := list_refusals(ctx, wanted, after=after, limit=rows, with_body=with_body):
        yield from page
        after = page[-1].place


def count_refusals(ctx: Context, wanted: RefusalFilter, *, upto: int | None = None) -> int:
    """How many pass the filter, handled or not, counted no further than COUNT_CAP unless `upto` is given."""
    conditions, given = wanted.conditions()
    cap = COUNT_CAP
    if upto is not None:
        conditions, given, cap = conditions + " AND seq <= {upto:UInt64}", given | {"upto": upto}, 2**62
    statement = _COUNT.format(conditions=conditions, cap=cap)
    return int(event_store().rows(statement, workspace=ctx.workspace.pk, **given)[0][0])


def get_refusal(ctx: Context, key: str) -> Refusal:
    """One refused call with its body, by `Refusal.key`. Raises NotFound."""
    ctx.require(VIEW)
    seq, _, idx = key.partition("-")
    if not ctx.authority.reach(VIEW).everything or not (seq.isdigit() and idx.isdigit() and len(seq) < 20 and len(idx) < 10):  # noqa: PLR2004 - what fits
        raise NotFound(kind="refusal")
    statement = _SELECT.format(
        columns=_COLUMNS.format(body="base64Encode(body)"),
        conditions=" AND seq = {seq:UInt64} AND idx = {idx:UInt32}",
        order="seq",
        limit=1,
    )
    found = _with_marks(_read(statement, workspace=ctx.workspace.pk, seq=int(seq), idx=int(idx)))
    if not found:
        raise NotFound(kind="refusal")
    return found[0]


def list_codes(ctx: Context) -> list[tuple[str, int]]:
    """The codes that calls were refused with, the most frequent first."""
    return [(str(code), int(count)) for code, count in event_store().rows(_CODES, workspace=ctx.workspace.pk)]


def newest_number() -> int:
    """Up to where refusals are in the store now."""
    return written_upto()


def _read(statement: str, **given: Any) -> list[Refusal]:  # noqa: ANN401 - a statement's own values
    return [
        Refusal(
            received_at=instant_of(received),
            source=UUID(source),
            position=position,
            code=code,
            reason=_text(reason),
            name=_text(name),
            event_id=_text(event_id),
            body=b64decode(body),
            kind=kind,
            skew=skew,
            seq=seq,
            idx=idx,
        )
        for received, source, position, code, reason, name, event_id, body, kind, skew, seq, idx in event_store().rows(
            statement, **given
        )
    ]


def _text(encoded: str) -> str:
    return b64decode(encoded).decode(errors="replace")


def _with_marks(refusals: list[Refusal]) -> list[Refusal]:
    marks = {(mark.seq, mark.idx): mark for mark in RefusalMark.objects.filter(seq__in={one.seq for one in refusals})}
    for one in refusals:
        one.mark = marks.get((one.seq, one.idx))
    return refusals
