"""Connecting to NATS, and the two streams: product events on their way to the event store, domain events to their consumers.

Everything else in Tenure gets its connection here. Why two streams: docs/decisions/0008-two-streams.md.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import structlog
from django.conf import settings
from nats.aio.client import Client, Server, ServerVersion
from nats.js.api import DiscardPolicy, RetentionPolicy, StorageType, StreamConfig
from nats.js.errors import APIError, NotFoundError

if TYPE_CHECKING:
    from nats.js import JetStreamContext
    from nats.js.api import StreamInfo

EVENT_STREAM = "TENURE_EVENTS"
DOMAIN_STREAM = "TENURE_DOMAIN"
IDENTITY = "tenure-identity"
DOMAIN_SUBJECT = "tenure.domain.{workspace}"  # the workspace's id as 32 hexadecimal digits
DOMAIN_SECONDS = 7 * 24 * 3600
DOMAIN_BYTES = 1024**3
DUPLICATE_SECONDS = 300
CONNECT_SECONDS = 5
API_SECONDS = 10
LONGEST_WAIT_SECONDS = 2.0
PENDING_BYTES = 64 * 1024**2
log = structlog.get_logger(__name__)


class NotEncrypted(ConnectionError):
    """A tls:// server offers no TLS: the password is not sent."""


@dataclass(frozen=True, slots=True)
class NatsAddress:
    """A NATS URL taken apart: the servers of one cluster, and the login."""

    servers: tuple[str, ...]
    user: str | None
    password: str | None

    @property
    def is_encrypted(self) -> bool:
        """Whether only TLS will do."""
        return self.servers[0].startswith("tls://")


@dataclass(frozen=True, slots=True)
class Stream:
    """A connection, and JetStream over it."""

    nc: Client
    js: JetStreamContext

    @property
    def version(self) -> ServerVersion:
        """The version of the server that answers."""
        return self.nc.connected_server_version

    @property
    def has_jetstream(self) -> bool:
        """Whether the server that answers keeps streams."""
        return bool(self.nc._server_info.get("jetstream"))  # noqa: SLF001 - the client shows it nowhere else


def nats_address(url: str) -> NatsAddress:
    """Take `nats://user:password@host:4222,host2:4222` apart; the login of the first host is that of all."""
    first, *more = url.split(",")
    parts = urlsplit(first)
    hosts = [parts.netloc.rpartition("@")[2], *(one.partition("://")[2].rpartition("@")[2] or one for one in more)]
    servers = tuple(f"{parts.scheme}://{host.strip()}" for host in hosts)
    return NatsAddress(servers, *(unquote(part) if part else None for part in (parts.username, parts.password)))


@asynccontextmanager
async def connected(name: str, url: str | None = None) -> AsyncIterator[Stream]:
    """A connection for a block, by the setting NATS_URL, that comes back by itself for ever. name: who connects, for NATS's own lists.

    It waits until a server answers. What comes and goes is written to the log.
    """
    client = Client()
    address = nats_address(url or settings.NATS_URL)
    await client.connect(
        **_options(client, address),
        name=name,
        max_reconnect_attempts=-1,
        reconnect_time_wait=1,
        reconnect_to_server_handler=_next_server,
        error_cb=_saying("nats_error", name),
        disconnected_cb=_saying("nats_disconnected", name, unless=lambda: client.is_closed),
        reconnected_cb=_saying("nats_reconnected", name),
    )
    try:
        yield Stream(client, client.jetstream(timeout=API_SECONDS))
    finally:
        await client.close()


@asynccontextmanager
async def connected_once(url: str) -> AsyncIterator[Stream]:
    """A connection for one look: it fails where no server answers, and does not come back."""
    client = Client()
    options = {**_options(client, nats_address(url)), "name": "tenure look", "allow_reconnect": False, "error_cb": _nothing}
    await asyncio.wait_for(client.connect(**options, max_reconnect_attempts=1, reconnect_time_wait=1), CONNECT_SECONDS * 2)
    try:
        yield Stream(client, client.jetstream(timeout=API_SECONDS))
    finally:
        await client.close()


async def find_stream(js: JetStreamContext, name: str) -> StreamInfo | None:
    """What there is to say about a stream, or None where it is not there."""
    try:
        return await js.stream_info(name)
    except NotFoundError:
        return None


async def ensure_streams(js: JetStreamContext) -> None:
    """Make both streams, or give them the settings of this version; harmless when repeated.

    A stream keeps its replicas: to change these is to move it (docs/guides/self-host.md).
    """
    for wanted in (_event_stream(), _domain_stream()):
        found = await find_stream(js, str(wanted.name))
        if found is None:
            await _add_stream(js, wanted)
        elif _differs(found.config, wanted):
            await js.update_stream(replace(wanted, metadata=found.config.metadata))


def stream_identity(info: StreamInfo) -> str:
    """What tells a stream from one that is made anew under its name: an id of ours that a backup keeps; of old streams, when they were made."""
    return (info.config.metadata or {}).get(IDENTITY) or (info.created.isoformat() if info.created else "")


async def _add_stream(js: JetStreamContext, wanted: StreamConfig) -> None:
    """Make a stream, unless another process has made it just now."""
    try:
        await js.add_stream(replace(wanted, metadata=new_identity()))
    except APIError:
        if await find_stream(js, str(wanted.name)) is None:
            raise


def new_identity() -> dict[str, str]:
    """The metadata of a stream that nobody has read yet."""
    return {IDENTITY: uuid4().hex}


def _event_stream() -> StreamConfig:
    """Product events: none is dropped, so a full stream refuses; the writer trims what is safe in the event store."""
    return _stream(
        EVENT_STREAM,
        ["tenure.events.*", "tenure.refused.*"],
        discard=DiscardPolicy.NEW,
        max_age=0,
        max_bytes=settings.STREAM_EVENT_BYTES,
    )


def _domain_stream() -> StreamConfig:
    """Domain events: the outbox has them for good, so the oldest may go, and a consumer that missed them reads there."""
    return _stream(
        DOMAIN_STREAM,
        [DOMAIN_SUBJECT.format(workspace="*")],
        discard=DiscardPolicy.OLD,
        max_age=DOMAIN_SECONDS,
        max_bytes=DOMAIN_BYTES,
    )


def _stream(name: str, subjects: list[str], *, discard: DiscardPolicy, max_age: float, max_bytes: int) -> StreamConfig:
    return StreamConfig(
        name=name,
        subjects=subjects,
        retention=RetentionPolicy.LIMITS,
        storage=StorageType.FILE,
        discard=discard,
        max_age=max_age,
        max_bytes=max_bytes,
        duplicate_window=DUPLICATE_SECONDS,
        allow_direct=True,
        num_replicas=settings.NATS_REPLICAS,
    )


_COMPARED = ("subjects", "discard", "max_age", "max_bytes", "duplicate_window", "allow_direct", "num_replicas")


def _differs(found: StreamConfig, wanted: StreamConfig) -> bool:
    return any((getattr(found, name) or 0) != (getattr(wanted, name) or 0) for name in _COMPARED)


def _options(client: Client, address: NatsAddress) -> dict[str, Any]:
    def password() -> str:
        if address.is_encrypted and not client._server_info.get("tls_required"):  # noqa: SLF001 - the client shows it nowhere else
            raise NotEncrypted(f"{address.servers[0]} offers no TLS.")
        return address.password or ""

    login = {"user": lambda: address.user or "", "password": password} if address.user else {}
    return {
        "servers": list(address.servers),
        "connect_timeout": CONNECT_SECONDS,
        "ping_interval": 5,
        "max_outstanding_pings": 2,
        "pending_size": PENDING_BYTES,
        **login,
    }


def _next_server(servers: list[Server], _info: dict[str, Any]) -> tuple[Server, float]:
    """One of the servers that were tried least, after a wait that grows and that no two clients share."""
    least = min(server.reconnects for server in servers)
    server = random.choice([server for server in servers if server.reconnects == least])  # noqa: S311 - no secret
    return server, random.uniform(0.2, 1.0) * min(LONGEST_WAIT_SECONDS, 0.1 * 2 ** min(least, 10))  # noqa: S311 - no secret


def _saying(event: str, name: str, unless: Callable[[], bool] = bool) -> Any:  # noqa: ANN401 - the client's callbacks have no or one argument
    async def say(error: Exception | None = None) -> None:
        if unless():
            return
        if error is None:
            log.info(event, connection=name)
        else:
            log.warning(event, connection=name, error=str(error) or type(error).__name__)

    return say


async def _nothing(_error: Exception) -> None:
    """Said by what connect() raises."""
