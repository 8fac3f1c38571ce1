"""CloudEvents 1.0 over HTTP, in binary, structured and batched mode, into columns.

`type` is the name; `subject` is whose event it is (the account's id), the extension `userid` who did it; `data` are the properties. The key is
(source, id). Rule: CloudEvents 1.0.2, HTTP protocol binding 1.0.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

import msgspec

from tenure.stream.ingest import limits
from tenure.stream.ingest.accepting import Accepting, BodyUnreadable, CallRefused, microseconds
from tenure.stream.ingest.instants import read_instant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenure.stream.ingest.sources import Source

STRUCTURED, BATCHED = "application/cloudevents+json", "application/cloudevents-batch+json"
KIND = "events"
_OWN = frozenset({"id", "source", "type", "subject", "time", "data", "data_base64"})
_any = msgspec.json.Decoder()
_rows = msgspec.json.Decoder(list[msgspec.Raw])


class _Envelope(msgspec.Struct):
    """The attributes that Tenure itself reads."""

    id: str = ""
    source: str = ""
    specversion: str = ""
    type: str = ""
    subject: str | None = None
    time: str | None = None
    userid: str | None = None
    anonymousid: str | None = None
    data: msgspec.Raw = msgspec.Raw(b"")
    data_base64: str | None = None


_envelope = msgspec.json.Decoder(_Envelope)


def accept_cloud_events(
    content_type: str, headers: Mapping[str, str], body: bytes, source: Source, received_at: int
) -> Accepting:
    """The event or events of one request. headers: with names in small letters. Raises BodyUnreadable."""
    accepting = Accepting(source, received_at, kind=KIND)
    if content_type == BATCHED:
        for index, raw in enumerate(_split(body)):
            _accept_structured(accepting, index, bytes(raw))
    elif content_type == STRUCTURED:
        _accept_structured(accepting, 0, body)
    elif "ce-specversion" in headers:
        _accept_structured(accepting, 0, _structured(content_type, headers, body))
    else:
        raise BodyUnreadable(f"Send {STRUCTURED}, {BATCHED}, or an event with ce- headers.")
    return accepting


def accept_event_again(body: bytes, source: Source, received_at: int) -> Accepting:
    """One event that was refused before, as if it came then; in structured mode, as refusals keep it."""
    accepting = Accepting(source, received_at, kind=KIND)
    _accept_structured(accepting, 0, body)
    return accepting


def _split(body: bytes) -> list[msgspec.Raw]:
    try:
        rows = _rows.decode(body)
    except (msgspec.DecodeError, RecursionError) as failed:
        raise BodyUnreadable(f"The body must be a JSON list of CloudEvents: {failed}") from failed
    if len(rows) > limits.CALLS:
        raise BodyUnreadable(f"A batch may have {limits.CALLS} events.")
    return rows


def _structured(content_type: str, headers: Mapping[str, str], body: bytes) -> bytes:
    """An event in binary mode, written as in structured mode: attributes are percent-encoded headers, data is the body."""
    attributes = {name.removeprefix("ce-"): unquote(value) for name, value in headers.items() if name.startswith("ce-")}
    if not body:
        return msgspec.json.encode(attributes)
    if content_type and not (content_type == "application/json" or content_type.endswith("+json")):
        raise BodyUnreadable("Data must be JSON: send it with Content-Type: application/json.")
    try:
        return msgspec.json.encode({**attributes, "data": _any.decode(body)})
    except (msgspec.DecodeError, RecursionError) as failed:
        raise BodyUnreadable(f"The data is no JSON: {failed}") from failed


def _accept_structured(accepting: Accepting, index: int, body: bytes) -> None:
    told: dict[str, str] = {}
    try:
        body.decode()
        envelope = _envelope.decode(body)
        told = {"name": envelope.type, "id": envelope.id}
        _accept(accepting, envelope, body)
    except CallRefused as refusal:
        accepting.refuse(index, refusal, body, **told)
    except UnicodeDecodeError:
        accepting.refuse(index, CallRefused("not_utf8", "The text is not UTF-8."), body)
    except RecursionError:
        accepting.refuse(index, CallRefused("nested_too_deeply", "The JSON is nested too deeply."), body)
    except msgspec.DecodeError as failed:
        code = "invalid_json" if not isinstance(failed, msgspec.ValidationError) else "invalid_call"
        accepting.refuse(index, CallRefused(code, str(failed)), body, **told)


def _accept(accepting: Accepting, envelope: _Envelope, body: bytes) -> None:
    if envelope.specversion != "1.0":
        raise CallRefused("version_unknown", "specversion must be 1.0.")
    if not envelope.source:
        raise CallRefused("source_missing", "A CloudEvent needs a source: (source, id) is its key.")
    time = None if envelope.time is None else read_instant(envelope.time)
    if envelope.time is not None and time is None:
        raise CallRefused("time_unreadable", f"{envelope.time[:60]!r} is no timestamp: write 2026-11-30T12:00:00Z.")
    attributes = {name: value for name, value in _any.decode(body).items() if name not in _OWN}
    accepting.accept(
        id=envelope.id,
        name=envelope.type,
        user_id=envelope.userid or "",
        anonymous_id=envelope.anonymousid or "",
        group_id=envelope.subject or "",
        client_time=None if time is None else microseconds(time),
        properties=_properties(envelope),
        context=msgspec.json.encode({"source": envelope.source, **attributes}),
        origin=envelope.source,
    )


def _properties(envelope: _Envelope) -> bytes:
    """The data as a JSON object; anything else stands under `data`."""
    found = bytes(envelope.data)
    if envelope.data_base64 is not None:
        return msgspec.json.encode({"data_base64": envelope.data_base64})
    if found in {b"", b"null"}:
        return b"{}"
    return found if found[:1] == b"{" else b'{"data":' + found + b"}"
