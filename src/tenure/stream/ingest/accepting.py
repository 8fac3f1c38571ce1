"""One request's calls into columns: each accepted or refused by itself, with its index."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

import xxhash

from tenure.stream.blocks import Refused, Run
from tenure.stream.ingest import limits
from tenure.stream.ingest.instants import as_utc

if TYPE_CHECKING:
    from datetime import datetime

    from tenure.stream.ingest.sources import Source


class CallRefused(Exception):
    """A call cannot be accepted: a code for machines, and a sentence that says what to do."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class BodyUnreadable(Exception):
    """A request as a whole is not what the API takes; the sentence says why."""


@dataclass(slots=True)
class Accepting:
    """The calls of one request. skew: microseconds to add to what the client's clock said (0 where it did not say when it sent).

    kind: of a request that carries one call, so that a refused one can be read again; '' where each call says its own.
    """

    source: Source
    received_at: int
    skew: int = 0
    kind: str = ""
    run: Run = field(init=False)
    refused: list[Refused] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Its columns are empty yet."""
        self.run = Run.started(self.source.id, is_sandbox=self.source.is_sandbox, received_at=self.received_at)

    def accept(  # noqa: PLR0913, PLR0917 - a call's own fields, in the order of the columns: named arguments cost a fifth of the whole
        self,
        id: str,  # noqa: A002 - the field's own name
        name: str,
        user_id: str,
        anonymous_id: str,
        group_id: str,
        client_time: int | None,
        properties: bytes,
        context: bytes,
        origin: str = "",
    ) -> None:
        """Take one call. client_time: microseconds, None where the client said none. origin: a CloudEvent's own source, part of its key.

        Raises CallRefused.
        """
        subject = f"g:{group_id}" if group_id else f"u:{user_id}" if user_id else _visitor(anonymous_id)
        if (
            not (0 < len(id) <= limits.ID_CHARACTERS and 0 < len(name) <= limits.NAME_CHARACTERS)
            or "\x00" in f"{id}{name}{subject}"
        ):
            raise _refusal_of_texts(id, name)
        if len(subject) > limits.ID_CHARACTERS or len(properties) + len(context) > limits.CALL_BYTES:
            raise _refusal_of_size(subject, len(properties) + len(context))
        if self.source.plan is not None:
            self.source.plan.check(name, properties)
        received_at = self.received_at
        said = received_at if client_time is None else client_time
        time = said if client_time is None else said + self.skew
        if time > received_at + limits.FUTURE_MICROSECONDS:
            raise CallRefused("time_in_future", "The timestamp lies more than a day in the future: check the clock and the unit.")
        run = self.run
        run.ids.append(id)
        run.hashes.append(id_hash(self.source, origin, id))
        run.subjects.append(subject)
        run.names.append(name)
        run.user_ids.append(user_id)
        run.anonymous_ids.append(anonymous_id)
        run.group_ids.append(group_id)
        run.times.append(time)
        run.client_times.append(said)
        run.properties.append(properties)
        run.contexts.append(context)

    def refuse(self, index: int, refusal: CallRefused, body: bytes, *, name: str = "", id: str = "") -> None:  # noqa: A002
        """Keep a call that cannot be accepted, to be looked at, mended and replayed."""
        kept = body[: limits.KEPT_BODY_BYTES]
        told = (index, refusal.code, refusal.reason, name[:256], id[:256], kept, self.kind, self.skew)
        self.refused.append(Refused(self.source.id.bytes, self.received_at, *told))


def id_hash(source: Source, origin: str, id: str) -> int:  # noqa: A002 - the field's own name
    """The 64-bit hash that (source, id) is known by, keyed so that nobody outside can make two ids meet."""
    return xxhash.xxh3_64_intdigest(f"{origin}\x00{id}".encode(), source.seed)


def microseconds(instant: datetime) -> int:
    """Microseconds since 1970; without a zone it is taken as UTC. Raises CallRefused for what no SaaS company can have recorded."""
    if instant.year < limits.OLDEST_YEAR:
        raise CallRefused("time_too_old", f"The timestamp lies before the year {limits.OLDEST_YEAR}: check the unit.")
    aware = instant if instant.tzinfo is not None else as_utc(instant)
    return int(aware.timestamp()) * 1_000_000 + instant.microsecond


def _visitor(anonymous_id: str) -> str:
    """Whom a call without group and user is counted for (stream/README.md, "subject"). Raises CallRefused."""
    if not anonymous_id:
        raise CallRefused("nobody_named", "Name a userId, an anonymousId or a groupId.")
    return f"a:{anonymous_id}"


def _refusal_of_texts(id: str, name: str) -> CallRefused:  # noqa: A002 - the field's own name
    if not id:
        return CallRefused("id_missing", "A call needs an id (messageId), so that it counts once when it is sent again.")
    if not name:
        return CallRefused("name_missing", "Say what happened: a track call needs its event.")
    if len(id) > limits.ID_CHARACTERS:
        return CallRefused("id_too_long", f"Ids may have {limits.ID_CHARACTERS} characters.")
    if len(name) > limits.NAME_CHARACTERS:
        return CallRefused("name_too_long", f"The name of an event may have {limits.NAME_CHARACTERS} characters.")
    return CallRefused("nul_character", "Ids and names cannot hold the character NUL.")


def _refusal_of_size(subject: str, size: int) -> CallRefused:
    if len(subject) > limits.ID_CHARACTERS:
        return CallRefused("id_too_long", f"Ids may have {limits.ID_CHARACTERS} characters.")
    return CallRefused("call_too_large", f"A call may have {limits.CALL_BYTES} bytes; this one has {size}.")


def seed_of(source_id: UUID, secret: bytes) -> int:
    """The key of a source's hashes: from the installation's secret, the same in every process and after every restart."""
    return xxhash.xxh3_64_intdigest(secret + source_id.bytes)
