from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tenure.directory.domain.stages import Standing, stage_of_account, stage_of_turn

START = datetime(2026, 1, 1, tzinfo=UTC)


def path(*stages: str) -> list[Standing]:
    """One stage a day, in the order given; `a+b` enters both on one day."""
    return [Standing(stage, START + timedelta(days=day)) for day, both in enumerate(stages) for stage in both.split("+")]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (path(), ""),
        (path("lead"), "lead"),
        (path("opportunity", "lead"), "opportunity"),
        (path("lead", "won", "opportunity"), "won"),
        (path("won", "adopting", "expanded", "renewed"), "renewed"),
        (path("won", "renewed", "adopting"), "renewed"),
        (path("lead", "opportunity", "lost"), "lost"),
        (path("lead", "lost", "opportunity"), "opportunity"),
        (path("lead", "won", "lost"), "won"),
        (path("won", "live", "churned"), "churned"),
        (path("won+churned"), "churned"),
        (path("won", "churned", "adopting"), "churned"),
        (path("won", "churned", "renewed"), "renewed"),
    ],
)
def test_stage_of_turn_is_the_furthest_or_the_end(entries, expected):
    assert stage_of_turn(entries) == expected


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ([], ""),
        ([path("won", "live"), path("opportunity")], "live"),
        ([path("won", "churned"), path("lead")], "lead"),
        ([path("won", "churned"), path("lead", "lost")], "churned"),
        ([path("lead", "lost"), path("lead")], "lead"),
        ([path("won"), path("won", "adopting", "churned")], "won"),
    ],
)
def test_stage_of_account_is_the_customers_before_the_pursuits_before_the_ends(turns, expected):
    assert stage_of_account(turns) == expected
