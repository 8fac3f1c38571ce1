"""ClickHouse's HTTP interface over the embedded engine, as much of it as clickhouse-connect and curl ask for.

`POST /?query=...&param_x=...&setting=...` with the rest of the statement or an INSERT's data as body; `GET /ping`. Who asks says user and
password by header. Rule: ClickHouse's documentation, "HTTP interface".
"""

import asyncio
import gzip
import hmac
import re
import zlib
from base64 import b64decode
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from tenure.config.embedded.store.engine import SESSIONS, Engine, StatementFailed

USER = "tenure"
MAX_BODY_BYTES = 512 * 1024 * 1024
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_INSERT = re.compile(r"^\s*(INSERT\s+INTO\s.*?)\s+FORMAT\s+(\w+)\s*$", re.IGNORECASE | re.DOTALL)
_OUTPUT = re.compile(r"\s+FORMAT\s+(\w+)\s*;?\s*$", re.IGNORECASE)
# What a client says about itself and the transfer; everything else in the address is a setting of the statement.
_NO_SETTINGS = frozenset(
    {
        "query", "query_id", "database", "default_format", "user", "password", "session_id", "session_timeout", "session_check",
        "client_protocol_version", "enable_http_compression", "compress", "decompress", "wait_end_of_query", "buffer_size",
        "send_progress_in_http_headers", "http_headers_progress_interval_ms", "quota_key", "role", "cancel_http_readonly_queries_on_client_close",
    }
)  # fmt: skip
_MISSING_TABLE, _BAD_PASSWORD = 60, 516
_PLAIN = b"text/plain; charset=UTF-8"


class StoreHttp:
    """The ASGI application."""

    def __init__(self, engine: Engine, password: str) -> None:
        """password: of the one user that there is."""
        self._engine = engine
        self._password = password
        self._threads = ThreadPoolExecutor(SESSIONS, thread_name_prefix="statement")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        if scope["path"] in {"/ping", "/replicas_status"}:
            await _answer(send, 200, b"Ok.\n")
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        address = dict(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
        if not self._is_known(headers, address):
            await _refuse(send, 403, _BAD_PASSWORD, "Authentication failed: password is incorrect, or there is no such user.")
            return
        try:
            body = _unpacked(await _body(receive), headers.get("content-encoding", ""))
            if headers.get("content-type", "").startswith("multipart/form-data"):
                address, body = {**address, **_fields(headers["content-type"], body)}, b""
            loop = asyncio.get_running_loop()
            result = await loop.run_in_executor(self._threads, self._run, address, body)
        except StatementFailed as failed:
            await _refuse(send, 404 if failed.code == _MISSING_TABLE else 500, failed.code, str(failed))
        else:
            await _answer(send, 200, result)

    def _is_known(self, headers: dict[str, str], address: dict[str, str]) -> bool:
        user = headers.get("x-clickhouse-user") or address.get("user", "")
        password = headers.get("x-clickhouse-key") or address.get("password", "")
        kind, _, coded = headers.get("authorization", "").partition(" ")
        if kind.lower() == "basic":
            user, _, password = b64decode(coded).decode(errors="replace").partition(":")
        return user == USER and hmac.compare_digest(password.encode(), self._password.encode())

    def _run(self, address: dict[str, str], body: bytes) -> bytes:
        settings = {name: value for name, value in address.items() if name not in _NO_SETTINGS and not name.startswith("param_")}
        inserting = _INSERT.match(address.get("query", ""))
        if inserting:
            self._engine.insert(inserting[1], inserting[2], body, settings=settings)
            return b""
        parameters = {name.removeprefix("param_"): value for name, value in address.items() if name.startswith("param_")}
        sql = "\n".join(part for part in (address.get("query", ""), body.decode()) if part)
        asked = _OUTPUT.search(sql)
        output = asked[1] if asked else address.get("default_format", "TabSeparated")
        return self._engine.query(sql[: asked.start()] if asked else sql, output, parameters=parameters, settings=settings)


async def _body(receive: Receive) -> bytes:
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise StatementFailed("Code: 210. DB::Exception: The client went away.")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MAX_BODY_BYTES:
            raise StatementFailed(f"Code: 241. DB::Exception: A body may have {MAX_BODY_BYTES} bytes.")
        if not message.get("more_body"):
            return b"".join(parts)


def _unpacked(body: bytes, encoding: str) -> bytes:
    if not encoding or not body:
        return body
    if encoding == "gzip":
        return gzip.decompress(body)
    if encoding == "deflate":
        return zlib.decompress(body)
    raise StatementFailed(f"Code: 73. DB::Exception: Unknown compression {encoding!r}: use gzip, or none.")


def _fields(content_type: str, body: bytes) -> dict[str, str]:
    """The statement and its parameters where a client sends them as a form, because they are too long for an address."""
    form = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    found = {}
    for part in form.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        value = part.get_payload(decode=True)
        found[name] = value.decode() if isinstance(value, bytes) else ""
    return found


async def _refuse(send: Send, status: int, code: int, said: str) -> None:
    text = said if said.startswith("Code:") else f"Code: {code}. DB::Exception: {said}"
    await _answer(send, status, text.encode(), (b"x-clickhouse-exception-code", str(code).encode()))


async def _answer(send: Send, status: int, body: bytes, *headers: tuple[bytes, bytes]) -> None:
    lines = [(b"content-type", _PLAIN), (b"content-length", str(len(body)).encode()), *headers]
    await send({"type": "http.response.start", "status": status, "headers": lines})
    await send({"type": "http.response.body", "body": body})
