"""The team: eight people in five teams, and which of them an account belongs to."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from pypinyin import lazy_pinyin

from tenure.config.demo.names import COUNTRIES
from tenure.config.demo.order import Order
from tenure.config.demo.plan import DOMAIN, LARGE, MIDDLE, TEAM
from tenure.config.demo.rows import Member
from tenure.config.demo.words import Words

NAMES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Ana Müller",
        "Jonas Weber",
        "Priya Nair",
        "Tom Hargreaves",
        "Claire Dubois",
        "Mateo Ruiz",
        "Ingrid Solberg",
        "Daniel Okoye",
    ),
    "es": (
        "Ana Beltrán",
        "Jorge Salinas",
        "Irene Costa",
        "Tomás Herrero",
        "Claire Dubois",
        "Mateo Ruiz",
        "Silvia Prieto",
        "Daniel Araya",
    ),
    "zh-hans": ("林安娜", "周航", "许静怡", "唐博", "陈凯文", "蒋雨", "罗思敏", "高岩"),
}


@dataclass(frozen=True, slots=True)
class Team:
    """The members by key."""

    members: Mapping[str, Member]

    def address(self, key: str) -> str:
        """A member's e-mail address, by which every record names them."""
        return self.members[key].email

    def seller_for(self, order: Order, number: int, segment: int) -> str:
        """Who sells to account `number`: enterprise has its own seller, the founder takes a few."""
        chance = order.chance("seller", number)
        if segment == LARGE:
            return chance.weighted({"seller3": 80, "founder": 14, "seller1": 6})
        return chance.weighted({"seller1": 47, "seller2": 41, "seller3": 12 if segment == MIDDLE else 2})

    def success_for(self, order: Order, number: int, segment: int) -> str:
        """Who looks after account `number` once it is a customer."""
        chance = order.chance("success", number)
        if segment == LARGE:
            return chance.weighted({"success1": 70, "founder": 15, "success2": 15})
        return chance.weighted({"success1": 35, "success2": 65}) if segment == MIDDLE else "success3"


def make_team(order: Order, words: Words) -> Team:
    """The eight members, the founder first."""
    country = COUNTRIES["CN"]
    members = {}
    for colleague, name in zip(TEAM, NAMES[order.language], strict=True):
        local = address_of(name, family_first=country.family_first and order.language == "zh-hans")
        members[colleague.key] = Member(colleague.key, name, f"{local}@{DOMAIN}", words.teams[colleague.team], colleague.role)
    return Team(members)


def address_of(name: str, *, family_first: bool = False) -> str:
    """first.last in plain letters: what stands before the @."""
    if not name.isascii() and any("\u4e00" <= sign <= "\u9fff" for sign in name):
        syllables = lazy_pinyin(name)
        given = "".join(syllables[1:])
        return f"{given}.{syllables[0]}" if family_first else ".".join(syllables)
    return ".".join(plain(word) for word in name.split())


def plain(text: str) -> str:
    """Letters a to z and digits only, in lower case; Chinese by its sound."""
    text = text.replace("ß", "ss").replace("ł", "l").replace("Ł", "L").replace("ø", "o")
    if any("\u4e00" <= sign <= "\u9fff" for sign in text):
        text = "".join(lazy_pinyin(text))
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "".join(sign for sign in letters if sign.isalnum())
