"""Expected values: published examples of Lago, OpenMeter, Flexprice and Stripe (shared/vectors/billing.json names each)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tenure.kernel.charge_models import Tier, TiersInvalid, graduated, package, standard

LAGO = [
    Tier(Decimal(10), Decimal(10), Decimal(2)),
    Tier(Decimal(20), Decimal(5), Decimal(3)),
    Tier(None, Decimal(5), Decimal(3)),
]


def test_standard_multiplies() -> None:
    assert standard(Decimal(10), Decimal("5.12345")) == Decimal("51.2345")


@pytest.mark.parametrize(("quantity", "cost"), [("0", 2), ("1", 12), ("10", 102), ("10.5", "107.5"), ("20", 155), ("21", 163)])
def test_graduated_owes_each_tier_entered_and_its_flat_fee(quantity: str, cost: object) -> None:
    assert graduated(Decimal(quantity), LAGO) == Decimal(str(cost))


def test_graduated_without_usage_may_owe_nothing() -> None:
    assert graduated(0, LAGO, is_flat_owed_at_zero=False) == 0


@pytest.mark.parametrize(("quantity", "cost"), [(0, 0), (121, 1300), (120, 1200), (-5, 0)])
def test_package_that_is_started_is_owed_whole(quantity: int, cost: int) -> None:
    assert package(quantity, 100, 10) == cost


def test_package_may_leave_out_free_units_and_what_is_only_started() -> None:
    assert package(121, 100, 10, free_units=10) == 1200
    assert package(50, 1, 100, is_started_owed=False) == 0


@pytest.mark.parametrize(
    "tiers",
    [
        [],
        [Tier(Decimal(1))],
        [Tier(None), Tier(None)],
        [Tier(Decimal(2)), Tier(Decimal(2)), Tier(None)],
        [Tier(Decimal(0)), Tier(None)],
    ],
)
def test_graduated_over_tiers_with_a_gap_is_refused(tiers: list[Tier]) -> None:
    with pytest.raises(TiersInvalid):
        graduated(1, tiers)
