"""Ids that were written: none is forgotten inside the window, none is invented, memory follows the number."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tenure.stream.writer.known_ids import _STANDS_FOR_EMPTY, FIRST_SLOTS, GENERATIONS, KnownIds

# One hash of 2^64 is taken for the hash zero.
HASHES = st.integers(0, 2**64 - 1).filter(lambda value: value != int(_STANDS_FOR_EMPTY))


def _hashes(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.uint64)


@given(st.lists(st.lists(HASHES, max_size=40), max_size=12))
def test_known_ids_answer_as_a_set_does(blocks):
    known, seen = KnownIds(limit=1_000_000, keep_seconds=1e9), set()
    for at, block in enumerate(blocks):
        found = known.find(_hashes(*block))
        expected = []
        for value in block:
            expected.append(value in seen)
            seen.add(value)
        assert list(found) == expected
        known.add(_hashes(*block)[~found], float(at))
    assert len(known) == len(seen)


def test_known_ids_that_meet_in_one_slot_are_kept_apart():
    # All of them begin at slot 5 of a table of FIRST_SLOTS.
    alike = np.arange(5, 5 + 3_000 * FIRST_SLOTS, FIRST_SLOTS, dtype=np.uint64)
    known = KnownIds(limit=1_000_000, keep_seconds=1e9)

    known.add(alike, 0.0)

    assert known.find(alike).all()
    assert not known.find(alike + np.uint64(1)).any()


def test_known_ids_grow_with_what_they_know():
    known = KnownIds(limit=4_000_000, keep_seconds=1e9)
    many = np.random.default_rng(1).integers(1, 2**63, 300_000, dtype=np.uint64)

    known.add(np.unique(many), 0.0)

    assert known.find(many).all()
    # At most 60 % full, doubled at most once beyond that: 300,000 ids in 2^19 slots of 8 bytes.
    assert known.bytes_used == 8 * 2**19


def test_known_ids_forget_the_oldest_generation_beyond_the_limit():
    known = KnownIds(limit=400, keep_seconds=1e9)
    for start in range(0, 1_000, 100):
        known.add(np.arange(start + 1, start + 101, dtype=np.uint64), float(start))

    # The newest 400 are kept, as promised, and one generation more while the newest fills.
    assert known.find(np.arange(601, 1_001, dtype=np.uint64)).all()
    assert not known.find(np.arange(1, 501, dtype=np.uint64)).any()
    assert len(known) <= 400 + 400 // GENERATIONS


def test_known_ids_forget_after_their_time():
    known = KnownIds(limit=1_000, keep_seconds=400)
    known.add(_hashes(1), 0.0)
    known.add(_hashes(2), 390.0)
    known.add(_hashes(3), 401.0)

    assert list(known.find(_hashes(1, 2, 3))) == [False, True, True]
