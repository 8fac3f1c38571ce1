"""What selling costs: every channel by the month, and the team, its tools and its travel."""

from __future__ import annotations

from collections import Counter
from datetime import date

from tenure.config.demo.months import add_months, days_in, first_of
from tenure.config.demo.order import MONTHS_LIVED, Order
from tenure.config.demo.plan import (
    CHANNELS,
    COMMISSION,
    COST_AT_FIRST,
    MONTHLY_AGENCIES,
    MONTHLY_SALARIES,
    MONTHLY_TOOLS,
    MONTHLY_TRAVEL,
)
from tenure.config.demo.rows import ChannelMonth, Company, Lead, OtherCost
from tenure.config.demo.words import Words

CENTS = 100
FAIR_MONTHS = (3, 4, 9, 10)


def channel_months(order: Order, words: Words, leads: list[Lead]) -> list[ChannelMonth]:
    """Cost and exposures of every channel and month, today's month up to today. More is seen where more leads come from."""
    arrived = Counter((lead.channel, first_of(lead.first_contact_at.date())) for lead in leads)
    rows = []
    for month in _months(order):
        for key, plan in CHANNELS.items():
            chance = order.chance("channel", key, month)
            fair = (2.2 if month.month in FAIR_MONTHS else 0.4) if key == "event" else 1.0
            cost = plan.monthly_cost * _ramp(order, month) * _passed(order, month) * fair * chance.between(0.9, 1.1) * order.scale
            seen = (
                (arrived[words.channels[key], month] + 0.6 * order.scale) * plan.exposures_per_lead * chance.between(0.85, 1.15)
            )
            rows.append(ChannelMonth(words.channels[key], month, round(cost) * CENTS, round(seen)))
    return rows


def other_costs(order: Order, words: Words, company: Company) -> list[OtherCost]:
    """Salaries, tools, agency and travel of each month, and commissions on what was won."""
    won: Counter[date] = Counter()
    for deal in company.opportunities:
        if deal.stage == "won" and deal.closed_at is not None:
            won[first_of(deal.closed_at.date())] += deal.amount_minor
    rows = []
    for month in _months(order):
        usual = {"salaries": MONTHLY_SALARIES, "tools": MONTHLY_TOOLS, "agencies": MONTHLY_AGENCIES, "travel": MONTHLY_TRAVEL}
        amounts = {
            kind: round(
                euros
                * _ramp(order, month)
                * _passed(order, month)
                * order.scale
                * order.chance("cost", kind, month).between(0.95, 1.05)
            )
            * CENTS
            for kind, euros in usual.items()
        }
        amounts["commissions"] = round(won[month] * COMMISSION)
        rows += [
            OtherCost(f"C-{month:%Y%m}-{kind}", month, kind, words.costs[kind], minor) for kind, minor in amounts.items() if minor
        ]
    return rows


def _months(order: Order) -> list[date]:
    return [add_months(order.begins, month) for month in range(MONTHS_LIVED + 1)]


def _ramp(order: Order, month: date) -> float:
    """Spending grows in even steps from what it was at first."""
    lived = (month.year - order.begins.year) * 12 + month.month - order.begins.month
    return COST_AT_FIRST + (1 - COST_AT_FIRST) * lived / MONTHS_LIVED


def _passed(order: Order, month: date) -> float:
    return order.today.day / days_in(month) if month == first_of(order.today) else 1.0
