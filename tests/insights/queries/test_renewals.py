"""Contracts due and renewed, counted by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import time_machine

from tenure.insights.queries.renewals import renewals
from tenure.workspace.scope import enter
from tests.billing.world import MONTHLY, subscribed

WINDOWS = (date(2024, 7, 1), date(2025, 7, 1), date(2026, 7, 1))


def rate(company):
    with enter(company.owner.ctx.scope):
        return renewals(company.owner.ctx, *WINDOWS)


@time_machine.travel("2026-07-01T12:00Z", tick=False)
def test_renewals_judge_each_contract_on_the_day_its_term_ends(acme):
    year = {"term": "year", "term_count": 1}
    kept, left, moved = (acme.account(name) for name in ("Kept", "Left", "Moved"))
    subscribed(acme, kept, "2024-02-01", 10_000, **year)
    subscribed(acme, left, "2025-03-01", 20_000, ends_on=date(2026, 3, 1), **year)
    # Ends on its day, while the account goes on paying for something else: the logo is renewed, the amount is not.
    subscribed(acme, moved, "2025-05-01", 40_000, ends_on=date(2026, 5, 1), **year)
    subscribed(acme, moved, "2026-05-01", 80_000, **year)

    found = rate(acme)

    assert (found.before.due, found.before.renewed, found.is_long) == (1, 1, True)
    assert (found.current.due, found.current.renewed) == (3, 2)
    assert (found.current.by_logo, found.current.by_amount) == (Fraction(2, 3), Fraction(1, 7))
    assert found.current.amount_due == 7 * 100 * MONTHLY


@time_machine.travel("2026-07-01T12:00Z", tick=False)
def test_renewals_without_long_contracts_count_short_ones(acme):
    subscribed(acme, acme.account(), "2026-04-15", 10_000, ends_on=date(2026, 6, 15))

    found = rate(acme)

    # Due on 15 May and 15 June; only the first time it went on.
    assert (found.is_long, found.current.due, found.current.renewed) == (False, 2, 1)
    assert found.current.by_amount == Fraction(1, 2)
