"""Deals about more seats: some growth is talked about first, and some talk leads to nothing."""

from __future__ import annotations

from datetime import date, timedelta

from tenure.config.demo.deals import Dealing, Wish, play
from tenure.config.demo.lives import Life
from tenure.config.demo.months import after, working_day
from tenure.config.demo.order import Order
from tenure.config.demo.plan import PLANS, SMALL
from tenure.config.demo.prospects import Prospect
from tenure.config.demo.rows import Person
from tenure.config.demo.team import Team
from tenure.config.demo.words import Words

WORTH_A_DEAL_MINOR = 150_000
TALKED_ABOUT = 0.2
IN_VAIN_PER_YEAR = 0.42
MONTHS_IN_YEAR = 12


def expansion_deals(order: Order, words: Words, team: Team, prospect: Prospect, people: list[Person], life: Life, dealing: Dealing) -> None:
    """Add the deals behind growth within the three years, and those that came to nothing or are still talked about."""
    if prospect.segment == SMALL:
        return
    chance = order.chance("expansion", prospect.number)
    seller = team.seller_for(order, prospect.number, prospect.segment)
    number = 0
    for growth in life.growths:
        opened_on = working_day(growth.on - timedelta(days=chance.whole(14, 55)))
        if growth.yearly_minor < WORTH_A_DEAL_MINOR or opened_on < order.begins or not chance.happens(TALKED_ABOUT):
            continue
        number += 1
        _add(order, words, team, prospect, people, dealing, _wish(words, prospect, number, growth.seats, growth.yearly_minor, seller, opened_on, days=(growth.on - opened_on).days - 3))
    for opened_on, seats in _talks(order, prospect, life):
        number += 1
        amount = seats * PLANS["team"].seat_minor * MONTHS_IN_YEAR
        wish = _wish(words, prospect, number, seats, amount, seller, opened_on, days=chance.spread(48, 0.4), wins=False)
        _add(order, words, team, prospect, people, dealing, wish)


def _talks(order: Order, prospect: Prospect, life: Life) -> list[tuple[date, int]]:
    """(day, seats) of talks about more seats that lead to nothing, or have not yet."""
    chance = order.chance("talks", prospect.number)
    talks = []
    for subscription in life.subscriptions:
        day = after(max(subscription.start_on, order.begins), chance.between(120, 500))
        while day <= min(order.today, subscription.end_on or order.today):
            if chance.happens(IN_VAIN_PER_YEAR):
                talks.append((day, max(2, round(prospect.seats * chance.between(0.08, 0.3)))))
            day = after(day, chance.between(250, 480))
    return talks


def _wish(
    words: Words, prospect: Prospect, number: int, seats: int, amount_minor: int, seller: str, opened_on: date, *, days: float, wins: bool = True
) -> Wish:
    name = words.expansion.format(company=prospect.name, seats=seats)
    return Wish(f"O-{prospect.number:04}-E{number}", name, amount_minor, seller, opened_on, wins, max(3.0, days), is_expansion=True)


def _add(order: Order, words: Words, team: Team, prospect: Prospect, people: list[Person], dealing: Dealing, wish: Wish) -> None:
    dealing.add(*play(order, words, team, prospect, people, None, wish))
