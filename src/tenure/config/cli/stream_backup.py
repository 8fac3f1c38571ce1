"""Product events on their way to the event store, in a backup: NATS's own snapshot of their stream, taken while it runs.

Domain events are not in it: the outbox, a table of the database, has them. After a restore their stream would tell of what never happened, so
it is deleted, and consumers read on in the outbox.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

from tenure.config.cli.first_start import answering_stream
from tenure.config.embedded.urls import event_bytes
from tenure.config.environment import Environment
from tenure.config.problems import SetupProblem
from tenure.stream.nats import DOMAIN_STREAM, EVENT_STREAM, Stream, connected_once, find_stream, new_identity

SNAPSHOT = "events.snapshot"
DESCRIPTION = "events.json"
CHUNK_BYTES = 128 * 1024
ANSWER_SECONDS = 60.0
_TROUBLE = (NatsError, OSError, TimeoutError)


class StreamNotSaved(SetupProblem):
    """NATS could not write or read the snapshot; the message ends with its own words."""


def save_stream(environment: Environment, folder: Path) -> None:
    """Write what is in the stream of product events into a folder; nothing where there is no such stream yet. Raises StreamNotSaved."""
    try:
        with answering_stream(environment) as url:
            asyncio.run(_save(url, folder))
    except _TROUBLE as failed:
        raise StreamNotSaved(f"The stream could not be backed up: {_said(failed)}") from failed


def check_stream(environment: Environment) -> None:
    """Whether NATS answers, before anything is given up. Raises StreamNotSaved."""
    try:
        with answering_stream(environment) as url:
            asyncio.run(_look(url))
    except _TROUBLE as failed:
        raise StreamNotSaved(f"The stream does not answer: {_said(failed)}") from failed


def bring_back_stream(environment: Environment, folder: Path, *, is_met: bool = False) -> None:
    """Put what save_stream wrote in place of both streams. Raises StreamNotSaved; running it again is safe.

    is_met: the event store is of the same backup, so its writer's position is one in this very stream. Another store reads all of it,
    and knows what it has by the ids.
    """
    try:
        with answering_stream(environment) as url:
            asyncio.run(_bring_back(url, folder, environment, is_met=is_met))
    except _TROUBLE as failed:
        raise StreamNotSaved(
            f"The records are restored, the stream of product events is not: {_said(failed)}. Restore again."
        ) from failed


async def _look(url: str) -> None:
    async with connected_once(url) as stream:
        await stream.js.account_info()


async def _save(url: str, folder: Path) -> None:
    async with connected_once(url) as stream:
        if await find_stream(stream.js, EVENT_STREAM) is None:
            return
        inbox = stream.nc.new_inbox()
        chunks = await stream.nc.subscribe(inbox, pending_bytes_limit=-1)
        asked = {"deliver_subject": inbox, "no_consumers": True, "chunk_size": CHUNK_BYTES}
        described = await _ask(stream, f"$JS.API.STREAM.SNAPSHOT.{EVENT_STREAM}", json.dumps(asked).encode())
        kept = {"config": described["config"], "state": described["state"]}
        (folder / DESCRIPTION).write_text(json.dumps(kept), encoding="utf-8")
        with (folder / SNAPSHOT).open("wb") as output:
            while chunk := await chunks.next_msg(timeout=ANSWER_SECONDS):
                if not chunk.data:
                    _refuse_status(chunk.headers)
                    break
                output.write(chunk.data)
                if chunk.reply:
                    await stream.nc.publish(chunk.reply)


async def _bring_back(url: str, folder: Path, environment: Environment, *, is_met: bool) -> None:
    async with connected_once(url) as stream:
        for name in (DOMAIN_STREAM, EVENT_STREAM):
            with suppress(NotFoundError):
                await stream.js.delete_stream(name)
        if not (folder / DESCRIPTION).is_file():
            return
        described = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        if not is_met:
            described["config"]["metadata"] = {**(described["config"].get("metadata") or {}), **new_identity()}
        described["config"]["num_replicas"] = environment.nats_replicas
        described["config"]["max_bytes"] = max(event_bytes(environment), described["state"]["bytes"])
        opened = await _ask(stream, f"$JS.API.STREAM.RESTORE.{EVENT_STREAM}", json.dumps(described).encode())
        target = str(opened["deliver_subject"])
        with (folder / SNAPSHOT).open("rb") as source:
            async for chunk in _chunks(source):
                _refuse(await stream.nc.request(target, chunk, timeout=ANSWER_SECONDS))
        _refuse(await stream.nc.request(target, b"", timeout=ANSWER_SECONDS))


async def _chunks(source: IO[bytes]) -> AsyncIterator[bytes]:
    while chunk := await asyncio.to_thread(source.read, CHUNK_BYTES):
        yield chunk


async def _ask(stream: Stream, subject: str, request: bytes) -> dict[str, Any]:
    return _refuse(await stream.nc.request(subject, request, timeout=ANSWER_SECONDS))


def _refuse(answer: Any) -> dict[str, Any]:  # noqa: ANN401 - the client's message
    """What NATS answered; raises what it has against it."""
    said = dict(json.loads(answer.data)) if answer.data else {}
    if "error" in said:
        raise NatsError(str(said["error"].get("description", said["error"])))
    return said


def _refuse_status(headers: dict[str, str] | None) -> None:
    status = (headers or {}).get("Status", "204")
    if status != "204":
        raise NatsError(f"status {status}")


def _said(failed: BaseException) -> str:
    return str(failed).strip() or type(failed).__name__
