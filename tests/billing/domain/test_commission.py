"""Commission taken back."""

from __future__ import annotations

import pytest

from tenure.billing.domain.commission import clawback_by_month, clawback_by_term


@pytest.mark.parametrize(("month", "taken"), [(0, 1000), (2, 1000), (3, 500), (5, 500), (6, 250), (11, 250), (12, 0), (40, 0)])
def test_clawback_by_month_counts_a_boundary_month_to_the_later_tier(month: int, taken: int) -> None:
    assert clawback_by_month(1000, month) == taken


def test_clawback_by_month_with_other_tiers() -> None:
    assert clawback_by_month(1000, 4, tiers=((0, 1), (6, 0))) == 1000


def test_clawback_by_term_is_in_proportion_to_what_was_not_served() -> None:
    assert [clawback_by_term(1200, 12, served) for served in (0, 4, 12, 15)] == [1200, 800, 0, 0]
    assert clawback_by_term(1200, 0, 0) is None
