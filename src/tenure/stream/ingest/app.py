"""The ASGI application of ingest: POST /v1/{track, identify, group, page, screen, alias, batch} and /v1/events (CloudEvents).

Browser and mobile clients of Segment call the same by one letter (/v1/t, /v1/i, /v1/b), and ask GET /v1/projects/KEY/settings first, where
their calls are to go.
"""

from __future__ import annotations

import asyncio
import zlib
from base64 import b64decode
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

from tenure.kernel import clock
from tenure.stream.errors import StreamBehind
from tenure.stream.ingest import cloud_events, limits, segment
from tenure.stream.ingest.accepting import Accepting, BodyUnreadable

if TYPE_CHECKING:
    from tenure.stream.ingest.publisher import Publisher
    from tenure.stream.ingest.sources import Source, Sources

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PREFIX = "/v1/"
_LETTERS = {
    "t": "track",
    "i": "identify",
    "g": "group",
    "p": "page",
    "s": "screen",
    "a": "alias",
    "b": "batch",
    "import": "batch",
}
_ACCEPTED = b'{"success":true}'
_JSON, _PROBLEM = b"application/json", b"application/problem+json"
_ANY_ORIGIN = (b"access-control-allow-origin", b"*")
_TITLES = {
    400: "The request cannot be read",
    401: "The write key is unknown",
    404: "There is nothing at this address",
    405: "Use POST",
    413: "The request is too large",
    415: "The compression is unknown",
    503: "Events cannot be taken at the moment",
}
# What Segment's and RudderStack's clients look for in an error beside its status: without them RudderStack's Python client takes a 400 for a
# passing trouble and sends it ten times.
_CODES = {
    400: "request_unreadable",
    401: "write_key_unknown",
    404: "address_unknown",
    405: "method_unknown",
    413: "request_too_large",
    415: "compression_unknown",
    503: "stream_behind",
}
log = structlog.get_logger(__name__)


class _Refused(Exception):
    """The request as a whole is refused."""

    def __init__(self, status: int, detail: str, *headers: tuple[bytes, bytes]) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = headers


class IngestApp:
    """Takes requests, answers when the stream has what they brought."""

    def __init__(self, sources: Sources, publisher: Callable[[], Awaitable[Publisher]]) -> None:
        """publisher: connected at the first request, the same from then on; raises StreamBehind where the stream is out of reach."""
        self._sources = sources
        self._publisher = publisher

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            await self._answer(scope, receive, send)
        except _Refused as refused:
            await _send_problem(send, refused.status, str(refused), *refused.headers)
        except BodyUnreadable as unreadable:
            await _send_problem(send, 400, str(unreadable))
        except StreamBehind as behind:
            retry = str(behind.facts["retry_seconds"]).encode()
            await _send_problem(send, 503, str(behind), (b"retry-after", retry))

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        method, path = scope["method"], scope["path"].rstrip("/")
        kind = path.removeprefix(PREFIX)
        if kind.startswith("projects/") and kind.endswith("/settings") and method == "GET":
            await _send_settings(send, scope, kind.split("/")[1])
            return
        kind = _LETTERS.get(kind, kind)
        if kind not in segment.KINDS and kind not in {"batch", "events"}:
            raise _Refused(404, f"{path} is not an address of the tracking API.")
        if method == "OPTIONS":
            await _send_preflight(send)
            return
        if method != "POST":
            raise _Refused(405, f"{path} takes POST only.", (b"allow", b"POST, OPTIONS"))
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        body = _unpacked(await _read(headers, receive), headers.get("content-encoding", ""))
        source = await self._source(headers, body)
        received_at = clock.now_milliseconds() * 1000
        accepting = _accepted(kind, headers, body, source, received_at)
        await self._keep(source, accepting, len(body))
        await _send_result(send, kind, accepting)

    async def _source(self, headers: dict[str, str], body: bytes) -> Source:
        key = _key_in_headers(headers) or segment.key_in_body(body)
        try:
            source = await self._sources.by_key(key) if key else None
        except Exception as failed:
            log.exception("source_unknown")
            raise StreamBehind(retry_seconds=1) from failed
        if source is None:
            raise _Refused(401, "Send the write key of a source: as the user name of Basic authentication, or as a Bearer token.")
        return source

    async def _keep(self, source: Source, accepting: Accepting, size: int) -> None:
        publisher = await self._publisher()
        waiting = []
        if accepting.run.ids:
            waiting.append(publisher.publish(source.workspace, accepting.run, size))
        if accepting.refused:
            waiting.append(publisher.publish_refused(source.workspace, accepting.refused))
        if len(waiting) == 1:
            await waiting[0]
        elif waiting:
            await asyncio.gather(*waiting)


def _accepted(kind: str, headers: dict[str, str], body: bytes, source: Source, received_at: int) -> Accepting:
    if kind == "events":
        content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        return cloud_events.accept_cloud_events(content_type, headers, body, source, received_at)
    if kind == "batch":
        return segment.accept_batch(body, source, received_at)
    return segment.accept_call(kind, body, source, received_at)


def _key_in_headers(headers: dict[str, str]) -> str:
    kind, _, value = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip()
    if kind.lower() == "basic":
        try:
            return b64decode(value, validate=True).decode().partition(":")[0]
        except ValueError:
            return ""
    return ""


async def _read(headers: dict[str, str], receive: Receive) -> bytes:
    said = headers.get("content-length", "")
    if said.isdigit() and int(said) > limits.BODY_BYTES:
        raise _too_large()
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Refused(400, "The request ended before its body did.")
        part = message.get("body", b"")
        size += len(part)
        if size > limits.BODY_BYTES:
            raise _too_large()
        if not message.get("more_body"):
            return b"".join([*parts, part]) if parts else part
        parts.append(part)


def _unpacked(body: bytes, encoding: str) -> bytes:
    if encoding in {"", "identity"}:
        return body
    if encoding != "gzip":
        raise _Refused(415, f"{encoding!r} is not known: send gzip, or nothing compressed.")
    unpacking = zlib.decompressobj(wbits=31)
    try:
        found = unpacking.decompress(body, limits.BODY_BYTES + 1)
    except zlib.error as broken:
        raise _Refused(400, "The body is no gzip, whatever Content-Encoding says.") from broken
    if len(found) > limits.BODY_BYTES:
        raise _too_large()
    if not unpacking.eof:
        raise _Refused(400, "The compressed body ends before its end.")
    return found


def _too_large() -> _Refused:
    return _Refused(413, f"A request may have {limits.BODY_BYTES} bytes: send smaller batches.")


async def _send_result(send: Send, kind: str, accepting: Accepting) -> None:
    """200 where something was accepted, with the refused calls by index; 400 where nothing was."""
    if not accepting.refused:
        await _send_body(send, 200, _JSON, _ACCEPTED)
        return
    errors = [{"index": one.index, "id": one.id, "code": one.code, "detail": one.reason} for one in accepting.refused]
    if accepting.run.ids:
        answer = {"success": True, "accepted": len(accepting.run.ids), "refused": errors}
        await _send_body(send, 200, _JSON, msgspec.json.encode(answer))
        return
    detail = errors[0]["detail"] if len(errors) == 1 else f"None of the {len(errors)} calls of this {kind} was accepted."
    await _send_problem(send, 400, str(detail), errors=errors)


async def _send_problem(send: Send, status: int, detail: str, *headers: tuple[bytes, bytes], **facts: object) -> None:
    """RFC 9457, with `code` and `message` for the clients that read those."""
    problem = {"type": "about:blank", "title": _TITLES[status], "status": status, "detail": detail, "code": _CODES[status]}
    problem |= {"message": detail, **facts}
    await _send_body(send, status, _PROBLEM, msgspec.json.encode(problem), *headers)


async def _send_body(send: Send, status: int, kind: bytes, body: bytes, *headers: tuple[bytes, bytes]) -> None:
    lines = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), _ANY_ORIGIN, *headers]
    await send({"type": "http.response.start", "status": status, "headers": lines})
    await send({"type": "http.response.body", "body": body})


async def _send_settings(send: Send, scope: Message, key: str) -> None:
    """Where a client that asks first sends its calls: here. It answers alike for every key, so it tells nobody which are known.

    Over HTTPS, as those clients do unless they are told otherwise, and as a proxy in front of us may do without saying so; plain on this machine.
    """
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    place = {"apiKey": key, "apiHost": f"{host}{PREFIX.rstrip('/')}"}
    if scope.get("scheme") == "http" and host.rpartition(":")[0] in {"localhost", "127.0.0.1"}:
        place["protocol"] = "http"
    await _send_body(send, 200, _JSON, msgspec.json.encode({"integrations": {"Segment.io": place}}))


async def _send_preflight(send: Send) -> None:
    """A browser's question whether it may post from another origin: it may, as every tracking API lets it."""
    headers = [
        _ANY_ORIGIN,
        (b"access-control-allow-methods", b"POST"),
        (b"access-control-allow-headers", b"authorization, content-type, content-encoding"),
        (b"access-control-max-age", b"86400"),
    ]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
