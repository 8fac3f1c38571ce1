"""A block: what one message of the stream carries. Events of one workspace by columns, so that the writer joins blocks instead of rows.

Written by ingest, read by the writer and the engineer's bench. MessagePack; a version in front, so that a writer can meet older messages.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

VERSION = 1
EVENTS_SUBJECT = "tenure.events."
REFUSED_SUBJECT = "tenure.refused."


class Run(msgspec.Struct, array_like=True):
    """The accepted calls of one request, by columns of equal length. Times are microseconds since 1970, UTC.

    times: corrected for the client's clock; client_times: as sent. properties and contexts: JSON objects as bytes. '' where nothing was sent.
    """

    source: bytes
    is_sandbox: bool
    received_at: int
    ids: list[str]
    hashes: list[int]
    subjects: list[str]
    names: list[str]
    user_ids: list[str]
    anonymous_ids: list[str]
    group_ids: list[str]
    times: list[int]
    client_times: list[int]
    properties: list[bytes]
    contexts: list[bytes]

    @classmethod
    def started(cls, source: UUID, *, is_sandbox: bool, received_at: int) -> Run:
        """One without events yet."""
        return cls(source.bytes, is_sandbox, received_at, *([] for _ in range(11)))


class Refused(msgspec.Struct, array_like=True):
    """One call that was not accepted: its index in the request, a code, a sentence, and what could be read of it (body is cut at 64 kB).

    kind: of a request with one call, '' where each call says its own. skew: of the client's clock in a batch, in microseconds.
    """

    source: bytes
    received_at: int
    index: int
    code: str
    reason: str
    name: str
    id: str
    body: bytes
    kind: str = ""
    skew: int = 0


class Block(msgspec.Struct, array_like=True):
    """Runs of one workspace that were acknowledged together."""

    version: int
    workspace: bytes
    runs: list[Run]


class RefusedBlock(msgspec.Struct, array_like=True):
    """Refusals of one workspace."""

    version: int
    workspace: bytes
    refusals: list[Refused]


_encoder = msgspec.msgpack.Encoder()
_block = msgspec.msgpack.Decoder(Block)
_refused = msgspec.msgpack.Decoder(RefusedBlock)


def encode(block: Block | RefusedBlock) -> bytes:
    """The message of a block."""
    return _encoder.encode(block)


def decode_block(message: Any) -> Block:  # noqa: ANN401 - bytes, or a view on them
    """The block of a message. Raises msgspec.DecodeError."""
    return _block.decode(message)


def decode_refused(message: Any) -> RefusedBlock:  # noqa: ANN401 - bytes, or a view on them
    """The refusals of a message. Raises msgspec.DecodeError."""
    return _refused.decode(message)
