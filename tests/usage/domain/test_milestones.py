"""Since when core use holds, and what is suggested."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tenure.usage.domain.milestones import Moment, core_use_reached, first_reached, suggested_events
from tenure.usage.enums import MilestoneKind

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def moment(week: int, subject: str = "u:1") -> Moment:
    return Moment(MONDAY + timedelta(weeks=week, days=2), subject, f"e{week}", UUID(int=1))


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ([0, 1, 2], 2),
        ([0, 1, 3], 3),  # three of four
        ([0, 2, 3], 3),
        ([0, 1, 4], None),  # three of five
        ([0, 4, 5, 8, 9, 10], 10),  # 4, 5, 8 are three of five; 8, 9, 10 hold
        ([0, 1], None),
        ([], None),
        ([0, 5, 6, 7], 7),
    ],
)
def test_core_use_holds_from_the_third_active_week_of_four(weeks, expected):
    reached = core_use_reached({week: moment(week) for week in weeks}, weeks_active=3, weeks_watched=4)

    assert (reached.moment.event_id if reached else None) == (None if expected is None else f"e{expected}")


def test_core_use_rests_on_whoever_was_active_in_its_weeks():
    reached = core_use_reached({0: moment(0, "u:1"), 1: moment(1, "u:2"), 2: moment(2, "u:1")}, weeks_active=3, weeks_watched=4)

    assert reached is not None
    assert reached.subjects == {"u:1", "u:2"}


def test_first_reached_is_the_earliest():
    reached = first_reached([moment(2), moment(1), moment(3)])

    assert reached is not None
    assert reached.moment == moment(1)


def test_names_are_suggested_however_they_are_written():
    seen = ["signed_up", "Invoice Paid", "Signed In", "User Signed Up"]

    assert suggested_events(MilestoneKind.SIGN_UP, seen) == ["signed_up", "User Signed Up"]
    assert suggested_events(MilestoneKind.FIRST_USE, seen) == ["Signed In"]
    assert suggested_events(MilestoneKind.CORE_USE, seen) == []
