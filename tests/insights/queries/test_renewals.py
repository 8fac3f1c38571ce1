"""Contracts due and renewed, counted by hand."""

from __future__ import annotations

import random
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import pytest
import time_machine

from tenure.billing.actions.change_item import change_item
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


@time_machine.travel("2026-07-01T12:00Z", tick=False)
def test_amount_of_a_contract_is_held_against_what_it_becomes_on_the_day_it_is_due(acme):
    year = {"term": "year", "term_count": 1}
    shrunk, grown, later = (
        subscribed(acme, acme.account(name), "2024-01-31", 100_00, **year) for name in ("Shrunk", "Grown", "Later")
    )
    for subscription, on, amount in (
        (shrunk, date(2026, 1, 31), 60_00),
        (grown, date(2026, 1, 31), 150_00),
        (later, date(2026, 2, 1), 10_00),
    ):
        change_item(acme.owner.ctx, subscription.pk, on=on, values={"net_amount": amount})

    found = rate(acme)

    # Of 100 each: 60 went on, 100 did (more is expansion), and 100 did on the day itself, whatever came the day after.
    assert (found.current.due, found.current.renewed, found.current.by_amount) == (3, 3, Fraction(260, 300))


@dataclass(frozen=True)
class Sold:
    """A contract as it was drawn. parts: (first day, day after, euros a month)."""

    account: int
    months: int
    parts: tuple[tuple[date, date | None, int], ...]

    @property
    def began(self) -> date:
        return self.parts[0][0]

    @property
    def until(self) -> date:
        return self.parts[-1][1] or date.max

    def worth(self, day: date) -> int:
        return sum(euros for since, until, euros in self.parts if since <= day < (until or date.max))

    def dues(self) -> list[date]:
        """Ends of terms, while a term had begun."""
        found = [term_end(self.began, self.months)]
        while found[-1] < min(self.until, WINDOWS[-1]):
            found.append(term_end(self.began, self.months * (len(found) + 1)))
        return found


def term_end(began: date, months: int) -> date:
    year, month = divmod(began.year * 12 + began.month - 1 + months, 12)
    return date(year, month + 1, min(began.day, monthrange(year, month + 1)[1]))


def drawn(chance: random.Random, months: int) -> Sold:
    """Begins anywhere, often on a month's last days; changes and ends anywhere, often on a day it is due, or a day beside it."""
    began = date(2023, 6, 28) + timedelta(days=chance.choice([0, 1, 2, 3, chance.randrange(1000)]))

    def some_day(after: date) -> date:
        due = term_end(began, months * chance.randint(1, 24 // months)) + timedelta(days=chance.choice([-1, 0, 0, 0, 1]))
        return due if due > after else after + timedelta(days=chance.randrange(1, 300))

    changed = some_day(began)
    ended = chance.choice([None, some_day(changed)])
    return Sold(chance.randrange(5), months, ((began, changed, chance.randint(1, 9)), (changed, ended, chance.randint(1, 9))))


@pytest.mark.parametrize("seed", range(6))
@time_machine.travel("2026-07-01T12:00Z", tick=False)
def test_renewals_agree_with_dues_listed_one_by_one(acme, seed):
    chance = random.Random(seed)
    months, term, count = chance.choice([(1, "month", 1), (3, "quarter", 1), (6, "month", 6), (12, "year", 1)])
    accounts = [acme.account(f"Account {number}") for number in range(5)]
    sold = [drawn(chance, months) for _ in range(12)]
    for each in sold:
        (began, changed, first), (_, ended, second) = each.parts
        row = subscribed(acme, accounts[each.account], began.isoformat(), first * 100, ends_on=ended, term=term, term_count=count)
        change_item(acme.owner.ctx, row.pk, on=changed, values={"net_amount": second * 100})

    found = rate(acme)

    for part, (start, end) in ((found.before, WINDOWS[:2]), (found.current, WINDOWS[1:])):
        due = [(each, day) for each in sold for day in each.dues() if start <= day < end]
        goes_on = [
            each.until > day
            or any(other.account == each.account and other is not each and other.began <= day < other.until for other in sold)
            for each, day in due
        ]
        amounts = [(each.worth(day - timedelta(days=1)), each.worth(day)) for each, day in due]
        assert (part.due, part.renewed) == (len(due), sum(goes_on))
        assert part.amount_due == sum(before for before, _ in amounts) * MONTHLY
        assert part.amount_renewed == sum(min(before, after) for before, after in amounts) * MONTHLY
