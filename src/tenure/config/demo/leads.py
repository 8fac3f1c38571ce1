"""Leads: the first touch of every account of the three years, and of the many who never became one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tenure.config.demo.chance import Chance
from tenure.config.demo.months import after, at_any_time, at_work
from tenure.config.demo.names import COUNTRIES, weights_for
from tenure.config.demo.order import Order
from tenure.config.demo.people import email_of, full_name
from tenure.config.demo.plan import CHANNELS, LARGE, LEADS_PER_ACCOUNT, MIDDLE, SMALL
from tenure.config.demo.prospects import INDUSTRIES, Prospect, channel_weights, day_of_interest, make_name
from tenure.config.demo.rows import Lead, Person
from tenure.config.demo.team import Team
from tenure.config.demo.words import Words

PAGES = (
    "/",
    "/pricing",
    "/work-orders",
    "/mobile-app",
    "/guides/response-times",
    "/guides/paperless",
    "/compare",
    "/webinars/winter-checks",
    "/demo",
)
CAMPAIGNS = {
    "search": ("brand", "work-order-software", "maintenance-app", "competitor-names"),
    "social": ("paperless-in-30-days", "owner-story", "free-trial"),
    "webinar": ("winter-checks", "response-times", "van-stock"),
    "event": ("spring-fair", "autumn-fair"),
    "outbound": ("sequence-a", "sequence-b"),
}
QUALIFIED_WITHOUT_DEAL = 0.16
STILL_NEW_DAYS = 21


@dataclass(frozen=True, slots=True)
class Touch:
    """Where somebody came from, as the address they came by said it."""

    source: str
    medium: str
    campaign: str
    click_id: str


def make_lead(order: Order, words: Words, team: Team, prospect: Prospect, person: Person, qualified_on: date | None) -> Lead:
    """The lead that became this account. qualified_on: when it was worth an offer; None where it is too early to say."""
    chance = order.chance("lead", prospect.number)
    first, last = _touches(chance, prospect.channel)
    at = at_any_time(chance, prospect.came_on)
    return Lead(
        external_id=f"L-{10000 + prospect.number}", name=person.name, email=person.email, company=prospect.name, title=person.title,
        country=prospect.country.code, account=prospect.external_id, person=person.external_id, channel=words.channels[prospect.channel],
        persona=person.persona, segment=words.segments[prospect.segment].name,
        owner=team.address(team.seller_for(order, prospect.number, prospect.segment)), first_contact_at=at,
        landing_page=_page(chance, prospect.channel), first_source=first.source, first_medium=first.medium, first_campaign=first.campaign,
        last_source=last.source, last_medium=last.medium, last_campaign=last.campaign, click_id=first.click_id,
        status="qualified" if qualified_on else "new", qualified_at=_later(at, at_work(chance, qualified_on)) if qualified_on else None,
        disqualified_at=None, lost_reason="", score=chance.whole(48, 97),
    )  # fmt: skip


def make_other_leads(order: Order, words: Words, team: Team) -> list[Lead]:
    """Leads that never became an account: most were no fit, some were good and went quiet, the youngest are still new."""
    count = round(order.size * (LEADS_PER_ACCOUNT - 0.85))
    return [_other(order, words, team, number) for number in range(1, count + 1)]


def _other(order: Order, words: Words, team: Team, number: int) -> Lead:
    chance = order.chance("other_lead", number)
    weights = {key: weight / CHANNELS[key].converts for key, weight in channel_weights().items()}
    channel = chance.weighted(weights)
    country = COUNTRIES[chance.weighted(weights_for(order.language))]
    segment = chance.weighted({SMALL: 62, MIDDLE: 30, LARGE: 8})
    name, domain = make_name(chance, country, chance.weighted(INDUSTRIES), chance.pick(country.cities), segment)
    who = full_name(chance, country)
    at = at_any_time(chance, day_of_interest(order, chance))
    is_new = (order.today - at.date()).days < STILL_NEW_DAYS and chance.happens(0.75)
    qualified = not is_new and chance.happens(QUALIFIED_WITHOUT_DEAL)
    judged_at = _later(at, at_work(chance, after(at.date(), chance.spread(4, 0.7))))
    judged = not is_new and judged_at.date() <= order.today
    is_bad = judged and not qualified
    first, last = _touches(chance, channel)
    role = chance.pick(("champion", "economic_buyer", "technical_buyer", "user_administrator"))
    return Lead(
        external_id=f"L-{20000 + number}", name=who, email=email_of(who, country, domain), company=name, title=chance.pick(words.titles[role]),
        country=country.code, account="", person="", channel=words.channels[channel], persona=words.personas[_persona(role)],
        segment=words.segments[segment].name if qualified or chance.happens(0.4) else "",
        owner=team.address(chance.pick(("seller1", "seller2", "marketer"))), first_contact_at=at, landing_page=_page(chance, channel),
        first_source=first.source, first_medium=first.medium, first_campaign=first.campaign,
        last_source=last.source, last_medium=last.medium, last_campaign=last.campaign, click_id=first.click_id,
        status="disqualified" if is_bad else "qualified" if judged else "new", qualified_at=judged_at if judged and qualified else None,
        disqualified_at=judged_at if is_bad else None, lost_reason=chance.pick(words.disqualified) if is_bad else "",
        score=chance.whole(30, 75) if qualified else chance.whole(4, 52),
    )  # fmt: skip


def _persona(role: str) -> str:
    return {"champion": "operations", "economic_buyer": "finance", "technical_buyer": "it"}.get(role, "operations")


def _touches(chance: Chance, channel: str) -> tuple[Touch, Touch]:
    first = _touch(chance, channel)
    if chance.happens(0.62):
        return first, first
    return first, _touch(chance, chance.weighted({"organic": 40, "search": 20, "webinar": 20, channel: 20}))


def _touch(chance: Chance, channel: str) -> Touch:
    plan = CHANNELS[channel]
    click_id = f"{plan.click_id}-{chance.whole(10**9, 10**10 - 1)}" if plan.click_id else ""
    return Touch(chance.pick(plan.sources), plan.medium, chance.pick(CAMPAIGNS.get(channel, ("",))), click_id)


def _page(chance: Chance, channel: str) -> str:
    return "" if channel in ("event", "outbound") else chance.pick(PAGES)


def _later(earliest: datetime, instant: datetime) -> datetime:
    """Nothing is judged before it has come."""
    return max(instant, earliest + timedelta(minutes=20))
