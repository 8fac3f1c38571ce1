"""Deals: opened, through the stages of the pipeline, won or lost and why; some still open today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tenure.config.demo.chance import Chance
from tenure.config.demo.months import after, at_work
from tenure.config.demo.order import Order
from tenure.config.demo.plan import CHANNELS, COMPETITORS, PARTNERS, PRODUCT, SEGMENTS, SKILL
from tenure.config.demo.prospects import Prospect
from tenure.config.demo.rows import Lead, Opportunity, Person, StageStep
from tenure.config.demo.team import Team
from tenure.config.demo.terms import Terms, offer
from tenure.config.demo.words import Words

STAGES = ("discovery", "evaluation", "proposal", "negotiation")
# When each stage is entered, as part of the time from opening to the end.
ENTERED_AT = (0.0, 0.16, 0.44, 0.74)
LOST_TAKES_LONGER = 1.35
DAYS_TO_OPEN = (6, 13, 22)
AGAIN = 0.13
REASONS = {"no_decision": 30, "price": 18, "competitor": 20, "feature": 13, "timing": 11, "budget": 8}


@dataclass(slots=True)
class Dealing:
    """What selling to one company came to. won: the deal and its terms, where it was won; qualified_on: when it was worth an offer."""

    opportunities: list[Opportunity] = field(default_factory=list)
    steps: list[StageStep] = field(default_factory=list)
    won: tuple[Opportunity, Terms] | None = None
    qualified_on: date | None = None

    def add(self, opportunity: Opportunity, steps: list[StageStep]) -> None:
        """One more deal."""
        self.opportunities.append(opportunity)
        self.steps.extend(steps)


@dataclass(frozen=True, slots=True)
class Wish:
    """A deal about to be played: its id, name, what is offered, who sells and when it opens.

    wins: whether it will be won, once it ends. days: from opening to the end.
    """

    external_id: str
    name: str
    amount_minor: int
    seller: str
    opened_on: date
    wins: bool
    days: float
    is_expansion: bool = False


def sell(order: Order, words: Words, team: Team, prospect: Prospect, people: list[Person], lead: Lead | None) -> Dealing:
    """Sell to a company that came by itself or was found; a second time, later, where the first was lost."""
    chance = order.chance("deal", prospect.number)
    dealing = Dealing()
    opened_on = after(prospect.came_on, chance.spread(DAYS_TO_OPEN[prospect.segment], 0.55))
    qualified_on = after(prospect.came_on, max(1, (opened_on - prospect.came_on).days * chance.between(0.2, 0.7)))
    dealing.qualified_on = qualified_on if qualified_on <= order.today else None
    for turn in (1, 2):
        if opened_on > order.today:
            return dealing
        terms = offer(chance, prospect)
        wish = _wish(order, words, team, prospect, terms, opened_on, turn, chance)
        opportunity, steps = play(order, words, team, prospect, people, lead if turn == 1 else None, wish)
        dealing.add(opportunity, steps)
        if opportunity.stage == "won":
            dealing.won = (opportunity, terms)
        if opportunity.stage != "lost" or opportunity.closed_at is None or not chance.happens(AGAIN):
            return dealing
        opened_on = after(opportunity.closed_at.date(), chance.between(150, 420))
    return dealing


def _wish(
    order: Order, words: Words, team: Team, prospect: Prospect, terms: Terms, opened_on: date, turn: int, chance: Chance
) -> Wish:
    plan = prospect.plan
    seller = team.seller_for(order, prospect.number, prospect.segment)
    wins = chance.happens(plan.win * CHANNELS[prospect.channel].wins * SKILL.get(seller, 1.1))
    days = chance.spread(plan.cycle_days, 0.5) * (1 if wins else LOST_TAKES_LONGER)
    plan_name = words.plans[terms.plan]
    name = words.deal.format(company=prospect.name, plan=plan_name, seats=terms.seats)
    return Wish(f"O-{prospect.number:04}-{turn}", name, terms.yearly_minor, seller, opened_on, wins, max(3.0, days))


def play(
    order: Order, words: Words, team: Team, prospect: Prospect, people: list[Person], lead: Lead | None, wish: Wish
) -> tuple[Opportunity, list[StageStep]]:
    """Take a deal through its stages up to its end or to today."""
    chance = order.chance("play", wish.external_id)
    ends_on = after(wish.opened_on, wish.days)
    is_over = ends_on <= order.today
    reached = len(STAGES) if wish.wins or not is_over else chance.weighted({1: 24, 2: 33, 3: 27, 4: 16})
    entries = _entries(order, chance, wish, reached)
    closed_at = max(at_work(chance, ends_on), entries[-1][1] + timedelta(minutes=90)) if is_over else None
    stage = ("won" if wish.wins else "lost") if is_over else entries[-1][0]
    if closed_at is not None:
        entries.append((stage, closed_at))
    reason = _reason(chance, stage)
    person = people[min(len(people) - 1, chance.pick((0, 0, 0, 1)))]
    opportunity = Opportunity(
        external_id=wish.external_id, name=wish.name, account=prospect.external_id, lead=lead.external_id if lead else "", person=person.external_id,
        owner=team.address(wish.seller), team=team.members[wish.seller].team,
        partner=chance.pick(PARTNERS) if prospect.channel == "partner" or chance.happens(0.04) else "", product=PRODUCT,
        amount_minor=wish.amount_minor, stage=stage, opened_at=entries[0][1],
        expected_close_on=after(wish.opened_on, max((order.today - wish.opened_on).days + chance.whole(-6, 60), SEGMENTS[prospect.segment].cycle_days)) if not is_over else ends_on,
        closed_at=closed_at, reason=chance.pick(words.won_reasons) if stage == "won" else words.lost_reasons.get(reason, ""),
        competitor=chance.pick(COMPETITORS) if reason == "competitor" or chance.happens(0.14) else "", is_expansion=wish.is_expansion,
    )  # fmt: skip
    steps = [StageStep(f"{wish.external_id}-{place}", wish.external_id, name, at) for place, (name, at) in enumerate(entries, 1)]
    return opportunity, steps


def _entries(order: Order, chance: Chance, wish: Wish, reached: int) -> list[tuple[str, datetime]]:
    """(stage, instant) up to the stage reached, none of them in the future."""
    entries: list[tuple[str, datetime]] = []
    for name, part in list(zip(STAGES, ENTERED_AT, strict=True))[:reached]:
        on = after(wish.opened_on, wish.days * part)
        if on > order.today:
            break
        at = at_work(chance, on)
        entries.append((name, max(at, entries[-1][1] + timedelta(minutes=70)) if entries else at))
    return entries


def _reason(chance: Chance, stage: str) -> str:
    return chance.weighted(REASONS) if stage == "lost" else ""
