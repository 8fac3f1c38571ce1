"""People of an account: who they are, what they are to the decision, how to reach them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tenure.config.demo.chance import Chance
from tenure.config.demo.names import Country
from tenure.config.demo.order import Order
from tenure.config.demo.plan import SMALL
from tenure.config.demo.prospects import Prospect
from tenure.config.demo.rows import Person
from tenure.config.demo.team import plain
from tenure.config.demo.words import Words

ROLES = ("champion", "economic_buyer", "technical_buyer", "user_administrator", "procurement", "user", "influencer", "blocker")
PERSONAS: Mapping[str, str] = {"champion": "operations", "economic_buyer": "finance", "technical_buyer": "it"}
LEFT = 0.035


def make_people(order: Order, words: Words, prospect: Prospect) -> list[Person]:
    """The account's people, its main contact first."""
    chance = order.chance("people", prospect.number)
    roles = ROLES[: chance.whole(*prospect.plan.people)]
    if prospect.segment == SMALL and chance.happens(0.5):
        roles = ("economic_buyer", "user_administrator")[: len(roles)]
    names: set[str] = set()
    people = []
    for place, role in enumerate(roles):
        name = full_name(chance, prospect.country)
        while name in names:
            name = full_name(chance, prospect.country)
        names.add(name)
        people.append(_person(order, words, prospect, place, role, name, chance))
    return people


def _person(order: Order, words: Words, prospect: Prospect, place: int, role: str, name: str, chance: Chance) -> Person:
    country = prospect.country
    left_on: date | None = None
    if place > 0 and chance.happens(LEFT):
        left_on = order.today - timedelta(days=chance.whole(20, 500))
        left_on = left_on if left_on > prospect.came_on else None
    persona = "owner" if prospect.segment == SMALL and role == "economic_buyer" else PERSONAS.get(role, "")
    return Person(
        external_id=f"P-{prospect.number:04}-{place + 1}",
        account=prospect.external_id,
        name=name,
        email=email_of(name, country, prospect.domain),
        phone=country.phone.format(chance.whole(100, 199)) if country.phone and chance.happens(0.7) else "",
        title=chance.pick(words.titles[role]),
        role=role,
        persona=words.personas.get(persona, ""),
        language=country.speaks,
        is_main=place == 0,
        left_on=left_on,
    )


def full_name(chance: Chance, country: Country) -> str:
    """A name as people of that country have them."""
    first, last = chance.pick(country.first), chance.pick(country.last)
    return f"{last}{first}" if country.family_first else f"{first} {last}"


def email_of(name: str, country: Country, domain: str) -> str:
    """An address at the company's domain."""
    if country.family_first:
        local = f"{plain(name[1:])}.{plain(name[0])}"
    else:
        first, _, last = name.partition(" ")
        local = f"{plain(first)}.{plain(last)}"
    return f"{local}@{domain}"
