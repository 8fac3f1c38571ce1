"""The forecast."""

from __future__ import annotations

from decimal import Decimal

from tenure.sales.domain.forecast import (
    Deal,
    Outcome,
    forecast_with_lost_in_full,
    weighted_forecast,
    weighted_forecast_by_month,
)

DEALS = [
    Deal(1000, Decimal("0.5"), "2026-06"),
    Deal(2000, Decimal("0.25"), "2026-06"),
    Deal(700, Decimal("0.9"), "2026-07", Outcome.WON),
    Deal(5000, Decimal("0.9"), "2026-07", Outcome.LOST),
    Deal(40, Decimal("0.5")),
]


def test_weighted_forecast_counts_won_in_full_and_lost_not_at_all() -> None:
    assert weighted_forecast(DEALS) == 500 + 500 + 700 + 20
    assert forecast_with_lost_in_full(DEALS) == 500 + 500 + 700 + 20 + 5000


def test_weighted_forecast_by_month_leaves_out_deals_without_one() -> None:
    assert weighted_forecast_by_month(DEALS) == {"2026-06": 1000, "2026-07": 700}
