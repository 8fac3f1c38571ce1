"""The clock: aware, in UTC, and moved by time-machine."""

from __future__ import annotations

from datetime import UTC, datetime

import time_machine

from tenure.kernel import clock


def test_clock_now_is_the_instant_the_test_travelled_to() -> None:
    instant = datetime(2026, 2, 28, 9, tzinfo=UTC)

    with time_machine.travel(instant, tick=False):
        assert clock.now() == instant
        assert clock.now().tzinfo is UTC
        assert clock.now_milliseconds() == int(instant.timestamp() * 1000)


def test_clock_monotonic_does_not_go_back() -> None:
    assert clock.monotonic() <= clock.monotonic()
