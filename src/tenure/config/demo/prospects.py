"""Companies that become accounts: when they come, on which way, and what they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tenure.config.demo.chance import Chance
from tenure.config.demo.months import BUYING, add_months, days_in, first_of, months_between, working_day
from tenure.config.demo.names import COUNTRIES, TRADES, Country, weights_for
from tenure.config.demo.order import MONTHS_LIVED, Order
from tenure.config.demo.plan import CHANNELS, LARGE, LEAK, LEAK_BRINGS, LEAK_DAYS, ORIGINS, SEGMENTS, SMALL, SegmentPlan
from tenure.config.demo.team import plain

INDUSTRIES = {
    "facility": 20, "logistics": 12, "manufacturing": 14, "property": 12, "health": 9,
    "hospitality": 8, "energy": 9, "construction": 8, "retail": 4, "food": 4,
}  # fmt: skip
OLDEST_BASE_MONTHS = 44
NAME_TRIES = 40


@dataclass(frozen=True, slots=True)
class Prospect:
    """A company before anything happens. came_on: its first touch, for `base` the day it became a customer.

    origin: base (a customer before the three years), deal, trial. segment: place in plan.SEGMENTS.
    leaks: it comes by the campaign whose companies do not adopt.
    """

    number: int
    external_id: str
    origin: str
    segment: int
    channel: str
    came_on: date
    country: Country
    city: str
    industry: str
    name: str
    domain: str
    employees: int
    seats: int
    leaks: bool

    @property
    def plan(self) -> SegmentPlan:
        """How companies of its segment behave."""
        return SEGMENTS[self.segment]


def make_prospects(order: Order) -> list[Prospect]:
    """As many companies as were ordered, in the order in which they came."""
    taken: set[str] = set()
    drawn = sorted((_draw(order, number) for number in range(order.size)), key=lambda one: (one[2], one[0]))
    return [_company(order, place, number, origin, came_on, taken) for place, (number, origin, came_on) in enumerate(drawn, 1)]


def _draw(order: Order, number: int) -> tuple[int, str, date]:
    chance = order.chance("origin", number)
    origin = chance.weighted(ORIGINS)
    if origin == "base":
        return number, origin, working_day(order.begins - timedelta(days=chance.whole(20, OLDEST_BASE_MONTHS * 30)))
    return number, origin, day_of_interest(order, chance)


def day_of_interest(order: Order, chance: Chance) -> date:
    """A day of the three years: more of them the later it is, and by the season."""
    month = add_months(order.begins, chance.weighted(_interest(order)))
    last = order.today.day if month == first_of(order.today) else days_in(month)
    day = month + timedelta(days=chance.whole(0, last - 1))
    return min(working_day(day), order.today) if chance.happens(0.85) else day


def _interest(order: Order) -> dict[int, float]:
    weights = {}
    for month in range(MONTHS_LIVED + 1):
        first = add_months(order.begins, month)
        passed = min(1.0, (order.today - first).days / days_in(first)) if months_between(first, order.today) == 0 else 1.0
        weights[month] = (1 + 0.75 * month / MONTHS_LIVED) * BUYING[first.month - 1] * passed
    return weights


def _company(order: Order, place: int, number: int, origin: str, came_on: date, taken: set[str]) -> Prospect:
    chance = order.chance("company", number)
    segment = chance.weighted({position: plan.share[origin] for position, plan in enumerate(SEGMENTS)})
    plan = SEGMENTS[segment]
    country = COUNTRIES[chance.weighted(weights_for(order.language))]
    industry = chance.weighted(INDUSTRIES)
    city = chance.pick(country.cities)
    name = next(one for one in _names(chance, country, industry, city, segment) if plain(one) not in taken)
    taken.add(plain(name))
    median, sigma, least, most = plan.seats
    seats = max(least, min(most, round(chance.spread(median, sigma))))
    may_leak = segment == LEAK[0] and (order.today - came_on).days < LEAK_DAYS
    channel = chance.weighted(_ways(plan, origin, is_leaking=may_leak))
    return Prospect(
        number=place,
        external_id=f"A-{1000 + place}",
        origin=origin,
        segment=segment,
        channel=channel,
        came_on=came_on,
        country=country,
        city=city,
        industry=industry,
        name=name,
        domain=_domain(name, country),
        employees=_employees(chance, plan, seats),
        seats=seats,
        leaks=may_leak and channel == LEAK[1],
    )


def _ways(plan: SegmentPlan, origin: str, *, is_leaking: bool) -> dict[str, float]:
    """How likely each channel is."""
    ways = dict(plan.channels)
    if origin == "trial":
        ways = {
            key: ways[key] * weight for key, weight in {"organic": 1.2, "search": 1.1, "social": 1.25, "referral": 0.5}.items()
        }
    return ways | {LEAK[1]: ways[LEAK[1]] * (LEAK_BRINGS if is_leaking else 1)}


def _names(chance: Chance, country: Country, industry: str, city: str, segment: int) -> Iterator[str]:
    trades = TRADES[industry, country.tongue]
    for _ in range(NAME_TRIES):
        yield chance.pick(country.patterns[: 3 if segment == SMALL else None]).format(
            stem=chance.pick(country.stems), trade=chance.pick(trades), city=city
        )
    while True:
        yield f"{chance.pick(country.stems)} {chance.pick(country.last)} {chance.pick(trades)}" + (
            " Group" if segment == LARGE else ""
        )


def _domain(name: str, country: Country) -> str:
    words = [word for word in name.replace("&", " ").replace(".", "").split() if word not in _FORMS]
    if country.tongue == "zh":
        return f"{plain(name.removesuffix('有限公司').removesuffix('股份'))[:28]}.example"
    return f"{'-'.join(plain(word) for word in words)[:40]}.example"


_FORMS = frozenset({"GmbH", "AG", "Ltd", "Inc", "Co", "SAS", "SL", "SA", "de", "CV", "BV", "Srl", "AB", "Sp", "z", "oo", "e"})


def _employees(chance: Chance, plan: SegmentPlan, seats: int) -> int:
    low, high = plan.employees
    return max(low, min(high, round(seats * chance.spread(4.2 if low > SEGMENTS[SMALL].employees[1] else 1.7, 0.4))))


def make_name(chance: Chance, country: Country, industry: str, city: str, segment: int) -> tuple[str, str]:
    """A company's name and its domain; others may have the same."""
    name = next(_names(chance, country, industry, city, segment))
    return name, _domain(name, country)


def channel_weights() -> dict[str, float]:
    """How many leads come on each channel."""
    return {key: plan.leads for key, plan in CHANNELS.items()}
