"""Examples of our own, in every published shape, with other numbers, other lengths and optional keys left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tenure.insights.conformance import run

# metric, inputs, expected; the arithmetic is beside each where it is not plain.
EXAMPLES: list[tuple[str, dict[str, object], object]] = [
    ("mrr_normalise", {"billed": 90}, 90),
    ("mrr_normalise", {"billed": 1000, "interval_months": 3, "quantity": 2}, 333.33),
    ("mrr_normalise", {"amount": 7, "per": "day"}, 213.06),  # 7 x 30.436875 = 213.058125
    ("mrr_normalise", {"amount": 20, "per": "week", "factor": 4.33}, 86.6),
    ("mrr_normalise", {"amount": 10, "per": "day", "policy": "profitwell"}, 300),
    ("mrr_normalise", {"amount": 100, "per": "year"}, 8.33),
    ("mrr_total", {"subscriptions": [{"monthly": 12.5}, {"n": 3, "monthly": 0.1}]}, 12.8),
    ("mrr_total", {"plans": [{"n": 3, "amount": 100, "months": 7}]}, 42.86),  # 300 / 7
    ("mrr_total", {"parts": []}, 0),
    ("mrr_no_proration", {"amount": 80, "opened": "12-20", "period_end": "01-20", "as_of": "12-31"}, 80),
    ("mrr_no_proration", {"amount": 80, "opened": "12-20", "period_end": "01-20", "as_of": "01-19"}, 80),
    ("mrr_no_proration", {"amount": 80, "opened": "2025-03-29", "period_end": "2025-04-29", "as_of": "2025-03-28"}, 0),
    ("mrr_excludes_tax", {"gross": 1200, "interval_months": 12}, 100),
    ("mrr_excludes_trial", {"active": [], "trialing": [9]}, 0),
    ("potential_mrr", {"trialing": [9, 1.5]}, 10.5),
    ("mrr_excludes_oneoff", {"recurring": [{"billed": 90, "months": 3}, {"billed": 5}]}, 35),
    ("mrr_discount", {"list": 100, "discount_pct": 12.5}, 87.5),
    ("mrr_discount_timeline", {"list": 10, "discount_pct": 50, "discount_months": 0, "months": 2}, [10, 10]),
    ("mrr_discount_timeline", {"list": 10, "discount_pct": 50, "discount_months": 5, "months": 2}, [5, 5]),
    ("mrr_movement", {"before": 0, "after": 30}, {"type": "new", "amount": 30}),
    ("mrr_movement", {"before": 30, "after": 0}, {"type": "churn", "churn": 30, "customer_churn": 1}),
    ("mrr_movement", {"before": 10, "after": 8, "reason": "discount_added"}, {"type": "contraction", "amount": -2}),
    ("mrr_movement", {"before": 10, "after": 10}, {"type": None, "amount": 0}),
    ("mrr_discount_policy", {"list": 10, "discount_pct": 50, "duration": "forever", "policy": "stripe_default"}, 5),
    ("mrr_discount_policy", {"list": 10, "discount_pct": 50, "duration": "repeating", "policy": "profitwell"}, 5),
    ("mrr_discount_policy", {"list": 10, "discount_pct": 50, "duration": "once", "policy": "chargebee"}, 10),
    (
        "mrr_movement_sequence",
        {"events": [{"sub": "a", "mrr": 10}, {"sub": "a", "mrr": 15}, {"sub": "a", "mrr": 15}, {"sub": "a", "mrr": 0}]},
        [["new", 10], ["expansion", 5], ["churn", -15]],
    ),
    ("mrr_movement_sequence", {"events": []}, []),
    (
        "mrr_movement_window",
        {"events": [{"t_min": 0, "mrr": 5}, {"t_min": 45, "mrr": 3}, {"t_min": 61, "mrr": 2}]},
        [["new", 5], ["new", 3], ["expansion", 2]],
    ),
    (
        "mrr_movement_window",
        {"events": [{"t_min": 0, "mrr": 5}, {"t_min": 45, "mrr": 3}], "window_min": 30},
        [["new", 5], ["expansion", 3]],
    ),
    ("mrr_movement_identity", {"movements": [0.1, 0.2, -0.3]}, 0),
    ("mrr_fx", {"amount_gbp": 200, "rate_start": 1.25, "rate_next": 1.3}, {"mrr_next": 260, "fx_impact": 10}),
    ("mrr_fx", {"amount_eur": 50, "rate_purchase": 2, "rate_next": 3}, {"mrr_next": 100, "fx_impact": 0}),
    (
        "mrr_same_month",
        {"new": 300, "churn_same_month": 100},
        {"profitwell": {"new": 200, "churn": 0}, "maxio_stripe": {"new": 300, "churn": 100}},
    ),
    (
        "reactivation_window",
        {"gap_days": [89, 500]},
        {"maxio": ["reactivation", "new"], "chargebee": ["expansion"] * 2},
    ),
    ("mrr_pause", {"mrr": 12.5}, {"profitwell": 0, "chargify_polar": 12.5, "stripe": 12.5, "tenure": 0}),
    ("net_new_mrr", {"new": 5, "churn": 7}, {"net_new_mrr": -2, "net_new_arr": -24}),
    ("voluntary_churn_mrr", {"voluntary": 2, "no_reason": 1, "plan": 10}, {"voluntary": 30, "involuntary": 0}),
    ("expansion_rate", {"begin": 800, "end": 900}, 12.5),
    ("expansion_rate", {"begin": 0, "end": 900}, None),
    ("proration_cash", {"old": 100, "new": 40, "fraction_left": 0.25}, {"credit": -25, "debit": 10, "net": -15}),
    ("proration_cash", {"old": 30, "new": 60, "days": 30, "days_left": 10}, {"credit": 10, "next_charge": 70}),
    ("mrr_from_proration", {"amount": 121, "tax": 21, "full_days": 30, "prorated_days": 15, "plan_months": 2}, 100),
    ("gross_mrr_churn_rate", {"start": 0, "churn": 0}, None),
    ("gross_mrr_churn_rate", {"start": 300, "churn": 10}, 3.33),
    ("net_mrr_churn_rate", {"start": 200, "churn": 10, "expansion": 20, "reactivation": 5}, -7.5),
    ("gross_mrr_churn_rate_daily", {"days": [{"start": 100, "end": 95}, {"start": 95, "end": 76}]}, 25),
    ("net_mrr_churn_rate_daily", {"days": [{"start": 100, "end": 95}]}, 5),
    ("customer_churn_rate", {"start": 200, "churned": 9, "joined_and_churned": 1}, 4),
    ("customer_churn_rate_stripe", {"active_30d_ago": 60, "new_30d": 20, "churned_30d": 4}, 5),
    ("annualised_churn", {"monthly_pct": 3}, 31),  # 1 - 0.97^12 = 30.62
    ("annualised_churn", {"monthly_pct": 3}, 30.62),
    ("grr", {"begin": 1000, "lost": 100}, 90),
    ("grr", {"begin": 5000, "end_same_subs": 4000}, 80),
    ("grr", {"accounts": [{"begin": 10, "end": 30}, {"begin": 30, "end": 15}]}, {"per_account": 62.5, "nrr": 112.5}),
    ("grr", {"accounts": [{"begin": 10, "end": 30}, {"begin": 30, "end": 15}]}, 62.5),
    ("nrr", {"begin": 200, "churn": 30}, 85),
    ("nrr", {"begin": 0}, None),
    ("nrr_12m_cohort", {"begin_arr": 300, "same_customers_now": 100}, 33.33),
    ("mrr_retention_cohort", {"cohort_start": 400, "cohort_now": 100}, 25),
    ("mrr_retention", {"begin": 1000, "churn": 300}, 70),
    ("nrr_survivor_bias", {"accounts": [{"then": 50, "now": 0}]}, {"survivors_only": None, "full_cohort": 0}),
    ("logo_vs_revenue_retention", {"accounts": {"A": 1, "B": 2, "C": 5}, "lost": []}, {"customer_retention": 100}),
    ("ltv_revenue", {"arpa": 100, "monthly_churn_pct": 0}, None),
    ("ltv_revenue_trailing", {"arpa": 90, "churn_pct_prev6": [3]}, 3000),
    ("ltv_gross_margin", {"arpu": 90, "gross_margin": 0.5, "monthly_churn": 0.03}, 1500),
    ("cac", {"sm_spend": 100, "new_customers": 0}, None),
    ("ltv_to_cac", {"ltv": None, "cac": 5}, None),
    ("cac_payback_months", {"sm_spend": 700, "monthly_new_mrr": 100}, 7),
    ("quick_ratio", {"new": 5, "expansion": 5, "churn": 0, "contraction": 0}, None),
    ("quick_ratio", {"new": 5, "expansion": 5, "reactivation": 2, "churn": 4, "contraction": 0}, 3),
    ("magic_number", {"revenue_delta": 480000, "prior_sm": 1800000}, 1.07),
    ("magic_number_payback_months", {"revenue_delta": 0, "prior_sm": 5}, None),
    ("qoq_growth", {"prior_q": 300, "this_q": 200}, -33.3),
    ("rule_of_40", {"growth_pct": 10.5, "margin_pct": 4}, 14.5),
    ("burn_multiple", {"net_burn": 1, "net_new_arr": 0}, None),
    ("trial_to_paid", {"trials_in_month": 3, "of_them_paid_since": 1}, 33.33),
    ("trial_to_paid", {"new_trials_in_window": 4, "conversions_in_window": 6}, 150),
    ("average_sales_cycle_days", {"lead_to_paid_days": [1, 2, 6]}, 3),
    ("average_sales_cycle_days", {"lead_to_paid_days": []}, None),
    (
        "weighted_forecast",
        {"deals": [{"value": 10, "p": 0.5, "month": "Q1"}, {"value": 9, "p": 0.5, "month": "Q1", "type": "Lost"}]},
        {"Q1": 5},
    ),
    ("weighted_forecast", {"deals": [{"value": 10, "p": 0.3}, {"value": 4, "type": "Won"}]}, 7),
    ("commission_clawback", {"commission": 80, "churn_months": [0, 3, 6, 12]}, [80, 40, 20, 0]),
    ("commission_clawback", {"commission": 900, "contract_months": 36, "served_months": 36}, 0),
    ("attribution_linear", {"touches": 3, "value": 100}, [33.33, 33.33, 33.33]),
    ("attribution_position_based", {"touches": 2, "value": 10}, [5, 5]),
    ("attribution_w_shaped", {"path": ["first", "lead_create", "mid", "deal_create"], "value": 100}, [30, 30, 10, 30]),
    ("attribution_simple_decay", {"touches": 2}, [50, 25]),
    ("attribution_time_decay", {"days_before": [30, 0], "half_life_days": 30, "value": 90}, [30, 60]),
    ("lead_score_caps", {"groups": [{"raw": 5, "cap": 10}, {"raw": 7}]}, 12),
    ("lead_score_decay_linear", {"points": 20, "pct": 25, "every_months": 3, "ages_months": [2, 3, 13]}, [20, 15, 0]),
    ("funnel_conversion", {"entered_demo": 30, "won": 10}, {"correct_demo_to_won_pct": 33.33}),
    ("funnel_conversion", {"entered_qualification": 0, "won": 0}, None),
]


@pytest.mark.parametrize(("metric", "inputs", "expected"), EXAMPLES)
def test_example_of_our_own_passes(tmp_path: Path, metric: str, inputs: dict[str, object], expected: object) -> None:
    file = tmp_path / "suite.json"
    file.write_text(json.dumps([{"id": "own", "metric": metric, "inputs": inputs, "expected": expected}]))

    report = run(file)

    assert [outcome.line() for outcome in report.outcomes] == ["PASS own"]
