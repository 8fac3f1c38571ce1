"""Many blocks as the columns of one insert."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tenure.stream.blocks import Block, RefusedBlock, Run

_TEXTS = ("ids", "subjects", "user_ids", "anonymous_ids", "group_ids")
_INSTANT = pa.timestamp("us", "UTC")


@dataclass(slots=True)
class EventColumns:
    """Events of several blocks, by columns, in the order of the stream."""

    workspaces: list[tuple[UUID, int]] = field(default_factory=list)
    sources: list[tuple[UUID, int]] = field(default_factory=list)
    received: list[tuple[int, int]] = field(default_factory=list)
    sequences: list[tuple[int, int]] = field(default_factory=list)
    places: list[range] = field(default_factory=list)
    hashes: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    client_times: list[int] = field(default_factory=list)
    properties: list[bytes] = field(default_factory=list)
    contexts: list[bytes] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in _TEXTS})

    def __len__(self) -> int:
        """How many events."""
        return len(self.hashes)

    def add(self, block: Block, run: Run, seq: int, first_place: int) -> None:
        """Append one run. seq: the block's place in the store's order; first_place: of the run's first event in the block."""
        count = len(run.hashes)
        self.workspaces.append((UUID(bytes=block.workspace), count))
        self.sources.append((UUID(bytes=run.source), count))
        self.received.append((run.received_at, count))
        self.sequences.append((seq, count))
        self.places.append(range(first_place, first_place + count))
        for name, own in (("hashes", self.hashes), ("times", self.times), ("client_times", self.client_times)):
            own.extend(getattr(run, name))
        self.names.extend(run.names)
        self.properties.extend(run.properties)
        self.contexts.extend(run.contexts)
        for name, texts in self.texts.items():
            texts.extend(getattr(run, name))

    def hash_array(self) -> NDArray[np.uint64]:
        """The hashes of the ids."""
        return np.array(self.hashes, dtype=np.uint64)

    def table(self) -> pa.Table:
        """The columns as the table `events` names them."""
        return pa.table(
            {
                "workspace": _repeated_names(self.workspaces),
                "subject": pa.array(self.texts["subjects"]),
                "name": pa.array(self.names).dictionary_encode(),
                "time": _instants(np.array(self.times, dtype=np.int64)),
                "id": pa.array(self.texts["ids"]),
                "id_hash": pa.array(self.hash_array()),
                "source": _repeated_names(self.sources),
                "user_id": pa.array(self.texts["user_ids"]),
                "anonymous_id": pa.array(self.texts["anonymous_ids"]),
                "group_id": pa.array(self.texts["group_ids"]),
                "client_time": _instants(np.array(self.client_times, dtype=np.int64)),
                "received_at": _instants(_repeated(self.received, np.int64)),
                "properties": pa.array(self.properties, pa.binary()),
                "context": pa.array(self.contexts, pa.binary()),
                "seq": pa.array(_repeated(self.sequences, np.uint64)),
                "idx": pa.array(np.concatenate([np.arange(place.start, place.stop, dtype=np.uint32) for place in self.places])),
            }
        )


def refusal_table(blocks: list[tuple[RefusedBlock, int]]) -> pa.Table:
    """Refusals of several blocks, each with its place in the store's order, as the table `refusals` names its columns."""
    rows = [(block, seq, idx, one) for block, seq in blocks for idx, one in enumerate(block.refusals)]
    return pa.table(
        {
            "workspace": pa.array([str(UUID(bytes=block.workspace)) for block, *_ in rows]),
            "received_at": _instants(np.array([one.received_at for *_, one in rows], dtype=np.int64)),
            "source": pa.array([str(UUID(bytes=one.source)) for *_, one in rows]),
            "position": pa.array([one.index for *_, one in rows], pa.uint32()),
            "code": pa.array([one.code for *_, one in rows]),
            "reason": pa.array([one.reason for *_, one in rows]),
            "name": pa.array([one.name for *_, one in rows]),
            "id": pa.array([one.id for *_, one in rows]),
            "body": pa.array([one.body for *_, one in rows], pa.binary()),
            "kind": pa.array([one.kind for *_, one in rows]),
            "skew": pa.array([one.skew for *_, one in rows], pa.int64()),
            "seq": pa.array([seq for _, seq, *_ in rows], pa.uint64()),
            "idx": pa.array([idx for _, _, idx, _ in rows], pa.uint32()),
        }
    )


def _instants(microseconds: NDArray[np.int64]) -> pa.Array:
    return pa.array(microseconds).cast(_INSTANT)


def _repeated(values: list[tuple[int, int]], kind: type[np.int64 | np.uint64]) -> NDArray[np.int64]:
    return np.repeat(np.array([value for value, _ in values], dtype=kind), [count for _, count in values])


def _repeated_names(values: list[tuple[UUID, int]]) -> pa.Array:
    """The same few identifiers many times, as a dictionary."""
    named = list(dict.fromkeys(value for value, _ in values))
    number = {value: at for at, value in enumerate(named)}
    places = np.repeat(np.array([number[value] for value, _ in values], dtype=np.int32), [count for _, count in values])
    return pa.DictionaryArray.from_arrays(pa.array(places), pa.array([str(value) for value in named]))
