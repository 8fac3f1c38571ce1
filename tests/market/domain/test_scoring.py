"""Lead scores by rules."""

from __future__ import annotations

from tenure.market.domain.scoring import ScoreGroup, faded, score


def test_score_caps_groups_and_the_whole() -> None:
    groups = [ScoreGroup(95, 60), ScoreGroup(50, 40), ScoreGroup(7)]

    assert (score(groups), score(groups, limit=100), score([])) == (107, 100, 0)


def test_faded_points_lose_the_same_part_at_every_full_interval() -> None:
    # 12 points, 25 % each quarter: 12, 12, 12, 9 at three months, 6 at six, 0 from a year on
    assert [faded(12, 25, 3, age) for age in (0, 1, 2, 3, 6, 12, 15)] == [12, 12, 12, 9, 6, 0, 0]
