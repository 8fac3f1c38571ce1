"""The demo company, made from an order: every account is lived through from its first touch to today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tenure.config.demo.attention import draw_attention
from tenure.config.demo.deals import Dealing, sell
from tenure.config.demo.expansion import expansion_deals
from tenure.config.demo.leads import make_lead, make_other_leads
from tenure.config.demo.lives import Life, live, trial_without_end_in_paying
from tenure.config.demo.months import after
from tenure.config.demo.order import Order
from tenure.config.demo.people import make_people
from tenure.config.demo.plan import CHANNELS, LARGE, LEAK_PAYS, NAME, SMALL, TRIAL_DAYS, TRIAL_PAYS
from tenure.config.demo.prospects import Prospect, make_prospects
from tenure.config.demo.rows import Account, Channel, Company, Lead, Person
from tenure.config.demo.slips import add_duplicates, report_churn
from tenure.config.demo.spending import channel_months, other_costs
from tenure.config.demo.team import Team, make_team
from tenure.config.demo.terms import offer
from tenure.config.demo.words import WORDS, Words
from tenure.config.demo.work import add_work

SUBSIDIARIES = 0.12


@dataclass(slots=True)
class Story:
    """One account's life. customer_on: the first day it paid; None where it never did."""

    prospect: Prospect
    people: list[Person]
    lead: Lead | None
    dealing: Dealing
    life: Life
    customer_on: date | None = None

    @property
    def is_customer(self) -> bool:
        """Whether it pays today, or has only given notice."""
        return self.customer_on is not None and self.life.runs


def generate(order: Order) -> Company:
    """The company that was ordered. A pure function: the same order gives the same company, byte for byte."""
    words = WORDS[order.language]
    team = make_team(order, words)
    stories = [_live_through(order, words, team, prospect) for prospect in make_prospects(order)]
    company = Company(NAME, members=list(team.members.values()), segments=list(words.segments))
    company.channels = [Channel(words.channels[key], plan.kind) for key, plan in CHANNELS.items()]
    company.accounts = _with_parents(order, stories, [_account(order, words, team, story) for story in stories])
    for story in stories:
        company.people += story.people
        company.opportunities += story.dealing.opportunities
        company.stage_steps += story.dealing.steps
        company.subscriptions += story.life.subscriptions
        company.leads += [story.lead] if story.lead else []
        add_work(order, words, team, story, company)
    company.leads += make_other_leads(order, words, team)
    company.leads.sort(key=lambda one: (one.first_contact_at, one.external_id))
    company.channel_months = channel_months(order, words, company.leads)
    company.other_costs = other_costs(order, words, company)
    draw_attention(order, words, team, stories, company)
    report_churn(order, words, company)
    add_duplicates(order, company)
    return company


def _live_through(order: Order, words: Words, team: Team, prospect: Prospect) -> Story:
    people = make_people(order, words, prospect)
    if prospect.origin == "base":
        terms = offer(order.chance("base", prospect.number), prospect)
        story = Story(prospect, people, None, Dealing(), live(order, prospect, prospect.came_on, terms, ""), prospect.came_on)
    elif prospect.origin == "trial":
        story = _try_out(order, words, team, prospect, people)
    else:
        story = _be_sold_to(order, words, team, prospect, people)
    if story.customer_on is not None:
        expansion_deals(order, words, team, prospect, people, story.life, story.dealing)
    return story


def _try_out(order: Order, words: Words, team: Team, prospect: Prospect, people: list[Person]) -> Story:
    """A trial by oneself, paid for or not."""
    chance = order.chance("trial", prospect.number)
    lead = make_lead(order, words, team, prospect, people[0], prospect.came_on)
    terms = offer(chance, prospect)
    pays_on = after(prospect.came_on, TRIAL_DAYS)
    pays = chance.happens(TRIAL_PAYS * CHANNELS[prospect.channel].wins * (LEAK_PAYS if prospect.leaks else 1))
    if pays and pays_on <= order.today:
        return Story(prospect, people, lead, Dealing(), live(order, prospect, pays_on, terms, "", prospect.came_on), pays_on)
    return Story(prospect, people, lead, Dealing(), Life([trial_without_end_in_paying(order, prospect, terms)]))


def _be_sold_to(order: Order, words: Words, team: Team, prospect: Prospect, people: list[Person]) -> Story:
    """Sold to by a seller; won deals become subscriptions within days."""
    lead = make_lead(order, words, team, prospect, people[0], None)
    dealing = sell(order, words, team, prospect, people, lead)
    if dealing.qualified_on is not None:
        lead = make_lead(order, words, team, prospect, people[0], dealing.qualified_on)
    if dealing.won is None:
        return Story(prospect, people, lead, dealing, Life())
    opportunity, terms = dealing.won
    assert opportunity.closed_at is not None
    start_on = after(opportunity.closed_at.date(), order.chance("start", prospect.number).whole(0, 9))
    if start_on > order.today:
        return Story(prospect, people, lead, dealing, Life())
    return Story(prospect, people, lead, dealing, live(order, prospect, start_on, terms, opportunity.external_id), start_on)


def _account(order: Order, words: Words, team: Team, story: Story) -> Account:
    prospect = story.prospect
    chance = order.chance("account", prospect.number)
    seller = team.address(team.seller_for(order, prospect.number, prospect.segment))
    success = team.address(team.success_for(order, prospect.number, prospect.segment))
    industry = words.industries[prospect.industry]
    describes = chance.pick(words.describes).format(industry=industry, city=prospect.city, employees=prospect.employees)
    return Account(
        external_id=prospect.external_id, name=prospect.name, domain=prospect.domain, parent="", segment=words.segments[prospect.segment].name,
        owner=success if story.customer_on else seller, seller=seller, success=success if story.customer_on else "", industry=industry,
        country=prospect.country.code, city=prospect.city, employees=prospect.employees, tags=_tags(order, words, story),
        came_from=words.came_from_before if prospect.origin == "base" else words.channels[prospect.channel],
        description=describes if chance.happens(0.7) else "",
    )  # fmt: skip


def _tags(order: Order, words: Words, story: Story) -> tuple[str, ...]:
    chance = order.chance("tags", story.prospect.number)
    large = story.prospect.segment == LARGE
    odds = {
        "key": 0.5 if story.is_customer and large else 0.0,
        "reference": 0.12 if story.is_customer else 0.0,
        "pilot": 0.06,
        "price": 0.1 if story.prospect.segment == SMALL else 0.04,
        "erp": 0.3 if large else 0.06,
        "public": 0.2 if story.prospect.industry == "energy" else 0.02,
    }
    return tuple(sorted(words.tags[key] for key, odd in odds.items() if chance.happens(odd)))


def _with_parents(order: Order, stories: list[Story], accounts: list[Account]) -> list[Account]:
    """Some companies that never bought belong to a larger one of their country that is a customer."""
    groups: dict[str, list[str]] = {}
    for story, account in zip(stories, accounts, strict=True):
        if story.prospect.segment == LARGE and story.customer_on:
            groups.setdefault(account.country, []).append(account.external_id)
    placed = []
    for story, account in zip(stories, accounts, strict=True):
        chance = order.chance("parent", story.prospect.number)
        may_belong = story.prospect.segment != LARGE and story.customer_on is None and account.country in groups
        belongs = may_belong and chance.happens(SUBSIDIARIES)
        placed.append(replace(account, parent=chance.pick(groups[account.country])) if belongs else account)
    return placed
