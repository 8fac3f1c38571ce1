"""Identifiers: version 7, unique, in the order they were made."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tenure.kernel import clock
from tenure.kernel.ids import uuid7, uuid7_at


def test_uuid7_made_in_a_row_are_ordered_and_unique() -> None:
    ids = [uuid7() for _ in range(5000)]

    assert ids == sorted(set(ids))
    assert {(made.version, made.variant) for made in ids} == {(7, RFC_4122)}


def test_uuid7_stays_ordered_when_the_clock_goes_back() -> None:
    first = uuid7()
    with time_machine.travel(datetime(2001, 1, 1, tzinfo=UTC)):
        second = uuid7()

    assert first < second


def test_uuid7_of_five_thousand_is_fast_enough_for_a_chunk() -> None:
    def seconds() -> float:
        started = time.process_time()
        for _ in range(5000):
            uuid7()
        return time.process_time() - started

    # 10 ms is the budget on a quiet machine; the slack is for a busy one.
    assert min(seconds() for _ in range(5)) < 0.05


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_uuid7_in_a_forked_process_does_not_repeat_its_parent() -> None:
    with time_machine.travel(clock.now(), tick=False):
        uuid7()
        reader, writer = os.pipe()
        if os.fork() == 0:
            os.write(writer, uuid7().bytes)
            os._exit(0)
        child = UUID(bytes=os.read(reader, 16))
        os.wait()
        os.close(reader)
        os.close(writer)

    assert child not in {uuid7() for _ in range(1000)}


@given(st.integers(0, 2**47))
def test_uuid7_at_carries_the_millisecond_of_the_instant(milliseconds: int) -> None:
    instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)

    made = uuid7_at(instant)

    assert made.int >> 80 == milliseconds
    assert made.version == 7
