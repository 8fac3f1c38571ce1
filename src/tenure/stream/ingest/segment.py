"""The Segment tracking API: what today's clients post, into columns.

Field names are Segment's. Rule: spec/standards.md, "Segment tracking API"; time = timestamp + (received - sentAt), as Segment defines it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from tenure.stream.ingest import limits
from tenure.stream.ingest.accepting import Accepting, BodyUnreadable, CallRefused, microseconds
from tenure.stream.ingest.cutting import cut_calls
from tenure.stream.ingest.instants import as_utc, read_instant

if TYPE_CHECKING:
    from tenure.stream.ingest.sources import Source

KINDS = frozenset({"track", "identify", "group", "page", "screen", "alias"})
_EMPTY = msgspec.Raw(b"{}")
_NULL = b"null"
_Id = str | int | None


class Call(msgspec.Struct):
    """One call. Ids may be sent as numbers; timestamps are ISO 8601."""

    type: str | None = None
    messageId: str | None = None  # noqa: N815 - Segment's own names, here and below
    event: str | None = None
    name: str | None = None
    userId: _Id = None  # noqa: N815
    anonymousId: _Id = None  # noqa: N815
    groupId: _Id = None  # noqa: N815
    previousId: _Id = None  # noqa: N815
    timestamp: datetime | None = None
    originalTimestamp: datetime | None = None  # noqa: N815
    sentAt: datetime | None = None  # noqa: N815
    properties: msgspec.Raw = _EMPTY
    traits: msgspec.Raw = _EMPTY
    context: msgspec.Raw = _EMPTY


class Batch(msgspec.Struct):
    """The body of /v1/batch when all its calls are well formed."""

    batch: list[Call]
    sentAt: datetime | None = None  # noqa: N815
    writeKey: str | None = None  # noqa: N815


class LooseBatch(msgspec.Struct):
    """The same, its calls not looked at yet."""

    batch: list[msgspec.Raw]
    sentAt: str | None = None  # noqa: N815
    writeKey: str | None = None  # noqa: N815


class _KeyOnly(msgspec.Struct):
    writeKey: str | None = None  # noqa: N815


class _Group(msgspec.Struct):
    groupId: _Id = None  # noqa: N815


class _Traits(msgspec.Struct):
    traits: msgspec.Raw = _EMPTY


class _LooseCall(msgspec.Struct):
    """A call whose fields are of the wrong kind somewhere: what can be told of it."""

    type: object = None
    messageId: object = None  # noqa: N815
    event: object = None
    timestamp: object = None


_batch = msgspec.json.Decoder(Batch)
_loose_batch = msgspec.json.Decoder(LooseBatch)
_call = msgspec.json.Decoder(Call)
_key = msgspec.json.Decoder(_KeyOnly)
_group = msgspec.json.Decoder(_Group)
_traits = msgspec.json.Decoder(_Traits)
_loose_call = msgspec.json.Decoder(_LooseCall)
_any = msgspec.json.Decoder()


def key_in_body(body: bytes) -> str:
    """The write key inside a body, where a client sends it there; '' without one."""
    try:
        return _key.decode(body).writeKey or ""
    except (msgspec.DecodeError, RecursionError):
        return ""


def accept_batch(body: bytes, source: Source, received_at: int) -> Accepting:
    """The calls of /v1/batch. Raises BodyUnreadable."""
    try:
        batch = _batch.decode(_checked(body))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _accept_one_by_one(body, source, received_at)
    _check_count(len(batch.batch))
    accepting = Accepting(source, received_at, _skew(batch.sentAt, received_at))
    for index, call in enumerate(batch.batch):
        try:
            _accept(accepting, call, call.type or "")
        except CallRefused as refusal:
            accepting.refuse(
                index, refusal, msgspec.json.encode(call), name=call.event or call.type or "", id=call.messageId or ""
            )
    return accepting


def accept_call(kind: str, body: bytes, source: Source, received_at: int) -> Accepting:
    """The one call of /v1/<kind>. Raises BodyUnreadable."""
    accepting = Accepting(source, received_at, kind=kind)
    try:
        call = _call.decode(_checked(body))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        _accept_loose(accepting, 0, body, kind)
        return accepting
    accepting.skew = _skew(call.sentAt, received_at)
    try:
        _accept(accepting, call, kind)
    except CallRefused as refusal:
        accepting.refuse(0, refusal, body, name=call.event or kind, id=call.messageId or "")
    return accepting


def accept_again(kind: str, body: bytes, source: Source, received_at: int, skew: int) -> Accepting:
    """One call that was refused before, as if it came then. kind: of its request, '' for one of a batch. skew: of that batch."""
    accepting = Accepting(source, received_at, skew, kind)
    _accept_loose(accepting, 0, body, kind)
    return accepting


def _checked(body: bytes) -> bytes:
    """The body, if it is UTF-8 throughout: values that are kept as they came are not looked at again."""
    body.decode()
    return body


def _accept_one_by_one(body: bytes, source: Source, received_at: int) -> Accepting:
    """A batch with something malformed in it: its good calls are kept."""
    try:
        batch = _loose_batch.decode(body)
        calls, sent_at = [bytes(raw) for raw in batch.batch], batch.sentAt
    except (msgspec.DecodeError, RecursionError) as failed:
        cut = cut_calls(body)
        if cut is None:
            raise BodyUnreadable(f'The body must be JSON like {{"batch": [...]}}: {failed}') from failed
        calls, sent_at = cut, None
    _check_count(len(calls))
    accepting = Accepting(source, received_at, _skew(read_instant(sent_at or ""), received_at))
    for index, call in enumerate(calls):
        _accept_loose(accepting, index, call, "")
    return accepting


def _accept_loose(accepting: Accepting, index: int, body: bytes, kind: str) -> None:
    """One call that is malformed, or stood beside one that is."""
    loose = _LooseCall()
    try:
        body.decode()
        loose = _loose_call.decode(body)
        call = _call.decode(_with_read_times(body, loose))
        if kind:
            accepting.skew = _skew(call.sentAt, accepting.received_at)
        _accept(accepting, call, kind or call.type or "")
    except CallRefused as refusal:
        accepting.refuse(index, refusal, body, **_told(loose))
    except UnicodeDecodeError:
        accepting.refuse(index, CallRefused("not_utf8", "The text is not UTF-8."), body, **_told(loose))
    except RecursionError:
        accepting.refuse(index, CallRefused("nested_too_deeply", "The JSON is nested too deeply."), body, **_told(loose))
    except msgspec.DecodeError as failed:
        code = "invalid_json" if not isinstance(failed, msgspec.ValidationError) else "invalid_call"
        accepting.refuse(index, CallRefused(code, str(failed)), body, **_told(loose))


def _with_read_times(body: bytes, loose: _LooseCall) -> bytes:
    """The call with a timestamp that RFC 3339 does not know but ISO 8601 does (a date alone, no zone) written as RFC 3339."""
    if not isinstance(loose.timestamp, str):
        return body
    read = read_instant(loose.timestamp)
    if read is None:
        raise CallRefused("time_unreadable", f"{loose.timestamp[:60]!r} is no timestamp: write 2026-11-30T12:00:00Z.")
    return msgspec.json.encode({**_any.decode(body), "timestamp": read})


def _told(loose: _LooseCall) -> dict[str, str]:
    return {"name": str(loose.event or loose.type or ""), "id": str(loose.messageId or "")}


def _accept(accepting: Accepting, call: Call, kind: str) -> None:
    if kind not in KINDS:
        raise CallRefused("kind_unknown", f"A call's type is one of {', '.join(sorted(KINDS))}.")
    context = b"{}" if call.context is _EMPTY else _object(call.context)
    # RudderStack's clients say in originalTimestamp when a call was made, and in timestamp what their user gave instead.
    time = call.timestamp or call.originalTimestamp
    user, visitor, group = call.userId, call.anonymousId, call.groupId
    if group is None and b'"groupId"' in context:
        group = _group.decode(context).groupId
    accepting.accept(
        call.messageId or "",
        (call.event or "") if kind == "track" else f"${kind}",
        user if user.__class__ is str else _text(user),
        (visitor if visitor.__class__ is str else _text(visitor)) or (_text(call.previousId) if kind == "alias" else ""),
        group if group.__class__ is str else _text(group),
        None if time is None else microseconds(time),
        _object(call.properties) if kind == "track" else _properties(call, kind, context),
        context,
    )


def _properties(call: Call, kind: str, context: bytes) -> bytes:
    """What belongs to the call itself: properties, the traits of identify and group, a page's name.

    RudderStack's clients send the traits of identify in the context alone.
    """
    given = call.traits if kind in {"identify", "group"} else call.properties
    if kind == "identify" and bytes(given) in {b"{}", _NULL} and b'"traits"' in context:
        given = _traits.decode(context).traits
    found = b"{}" if given is _EMPTY else _object(given)
    if kind in {"page", "screen"} and call.name and b'"name"' not in found:
        return msgspec.json.encode({"name": call.name, **_any.decode(found)})
    return found


def _object(raw: msgspec.Raw) -> bytes:
    """A JSON object as bytes; null counts as none. Raises CallRefused."""
    found = bytes(raw)
    if found[:1] != b"{":
        if found == _NULL:
            return b"{}"
        raise CallRefused("not_an_object", "properties, traits and context are JSON objects.")
    return found


def _text(value: _Id) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _skew(sent_at: datetime | None, received_at: int) -> int:
    """How far the client's clock is behind ours, in microseconds."""
    return 0 if sent_at is None else received_at - int(as_utc(sent_at).timestamp() * 1_000_000)


def _check_count(count: int) -> None:
    if count > limits.CALLS:
        raise BodyUnreadable(f"A batch may have {limits.CALLS} calls.")
