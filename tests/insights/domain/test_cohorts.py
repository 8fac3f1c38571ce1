"""The retention triangle."""

from __future__ import annotations

from fractions import Fraction

from tenure.insights.domain.cohorts import CohortMember, triangle


def test_triangle_follows_each_cohort_only_as_far_as_time_has_come() -> None:
    members = [
        CohortMember(0, {0: 100, 1: 100, 2: 120}),
        CohortMember(0, {0: 100, 2: 60}),
        CohortMember(1, {0: 50, 1: 50}),
        CohortMember(9, {0: 50}),
    ]

    first, second = triangle(members, as_of_month=2)

    assert (first.customers, first.start) == (2, 200)
    assert first.logo_retention == [1, Fraction(1, 2), 1]
    assert first.revenue_retention == [1, Fraction(1, 2), Fraction(9, 10)]
    assert (second.joined_month, second.revenue_retention) == (1, [1, 1])


def test_triangle_of_a_cohort_that_started_at_nothing_has_no_revenue_rate() -> None:
    (row,) = triangle([CohortMember(0, {})], as_of_month=1)

    assert (row.logo_retention, row.revenue_retention) == ([0, 0], [None, None])
