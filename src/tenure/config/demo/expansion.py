"""Deals about more seats: some growth is talked about first, and some talk leads to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tenure.config.demo.chance import Chance
from tenure.config.demo.deals import Dealing, Wish, play
from tenure.config.demo.lives import Growth, Life
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


@dataclass(frozen=True, slots=True)
class Talk:
    """A customer and the seller talk about more seats, for so many days."""

    opened_on: date
    seats: int
    amount_minor: int
    days: float
    wins: bool


def expansion_deals(
    order: Order, words: Words, team: Team, prospect: Prospect, people: list[Person], life: Life, dealing: Dealing
) -> None:
    """Add the deals behind growth within the three years, and those that came to nothing or are still talked about."""
    if prospect.segment == SMALL:
        return
    chance = order.chance("expansion", prospect.number)
    seller = team.seller_for(order, prospect.number, prospect.segment)
    talks = [talk for growth in life.growths if (talk := _talk_before(order, chance, growth))]
    for number, talk in enumerate([*talks, *_talks_in_vain(order, prospect, life)], 1):
        dealing.add(*play(order, words, team, prospect, people, None, _wish(words, prospect, seller, talk, number)))


def _talk_before(order: Order, chance: Chance, growth: Growth) -> Talk | None:
    """The talk that led to the growth, where it was worth one."""
    opened_on = working_day(growth.on - timedelta(days=chance.whole(14, 55)))
    if growth.yearly_minor < WORTH_A_DEAL_MINOR or opened_on < order.begins or not chance.happens(TALKED_ABOUT):
        return None
    return Talk(opened_on, growth.seats, growth.yearly_minor, (growth.on - opened_on).days - 3, wins=True)


def _talks_in_vain(order: Order, prospect: Prospect, life: Life) -> list[Talk]:
    """Talks about more seats that lead to nothing, or have not yet."""
    chance = order.chance("talks", prospect.number)
    talks = []
    for subscription in life.subscriptions:
        day = after(max(subscription.start_on, order.begins), chance.between(120, 500))
        while day <= min(order.today, subscription.end_on or order.today):
            if chance.happens(IN_VAIN_PER_YEAR):
                seats = max(2, round(prospect.seats * chance.between(0.08, 0.3)))
                talks.append(
                    Talk(day, seats, seats * PLANS["team"].seat_minor * MONTHS_IN_YEAR, chance.spread(48, 0.4), wins=False)
                )
            day = after(day, chance.between(250, 480))
    return talks


def _wish(words: Words, prospect: Prospect, seller: str, talk: Talk, number: int) -> Wish:
    name = words.expansion.format(company=prospect.name, seats=talk.seats)
    return Wish(
        f"O-{prospect.number:04}-E{number}",
        name,
        talk.amount_minor,
        seller,
        talk.opened_on,
        talk.wins,
        max(3.0, talk.days),
        is_expansion=True,
    )
