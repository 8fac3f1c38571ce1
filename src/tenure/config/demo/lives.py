"""The life of a subscription: it goes live, is adopted or not, grows, shrinks, gets dearer, ends, and now and then comes back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tenure.config.demo.chance import Chance
from tenure.config.demo.months import GROWING, LEAVING, add_months
from tenure.config.demo.order import Order
from tenure.config.demo.plan import CHANNELS, LARGE, LEAK_ADOPTS, LEAK_LEAVES, SMALL, TRIAL_DAYS
from tenure.config.demo.prospects import Prospect
from tenure.config.demo.rows import Item, Subscription
from tenure.config.demo.terms import MONTHS_IN_YEAR, Terms, volume_discount

# Notice of an end that has not come yet is known this long before.
NOTICE_DAYS = 75
NOT_ADOPTING_LEAVES = 2.0
MONTHLY_LEAVES = 1.15
COMES_BACK = 0.16
# Adopted: in use in three of four weeks.
WEEKS_OF_USE_DAYS = 21
CHURN_REASONS = {
    "not_used": 24,
    "price": 20,
    "competitor": 16,
    "feature": 12,
    "closed": 9,
    "support": 8,
    "project": 7,
    "payment": 4,
}


@dataclass(slots=True)
class Growth:
    """Seats were added: for deals about them."""

    on: date
    seats: int
    yearly_minor: int


@dataclass(slots=True)
class Life:
    """The subscriptions of one customer, and what happened in them."""

    subscriptions: list[Subscription] = field(default_factory=list)
    growths: list[Growth] = field(default_factory=list)

    @property
    def monthly_minor(self) -> int:
        """What is paid a month today, in cents, rounded down."""
        last = self.subscriptions[-1].items[-1]
        return last.net_minor // (MONTHS_IN_YEAR if last.interval == "year" else 1)

    @property
    def runs(self) -> bool:
        """Whether the last subscription has not ended."""
        return bool(self.subscriptions) and self.subscriptions[-1].end_on is None


@dataclass(slots=True)
class _Run:
    """One subscription while it is played."""

    external_id: str
    start_on: date
    terms: Terms
    since: date
    why: str = "new"
    items: list[Item] = field(default_factory=list)
    cancelled_on: date | None = None
    end_on: date | None = None
    end_reason: str = ""

    def change(self, on: date, terms: Terms, why: str) -> None:
        """The present item ends, another one begins."""
        if terms == self.terms:
            return
        if on > self.since:
            self.items.append(self.item(on))
            self.since = on
            self.why = why
        self.terms = terms

    def item(self, end_on: date | None) -> Item:
        """The present item, as it stands."""
        terms = self.terms
        return Item(
            f"{self.external_id}-{len(self.items) + 1}", self.external_id, terms.plan, terms.seats, terms.list_minor, terms.net_minor,
            terms.interval, terms.discount_percent, self.since, end_on, self.why,
        )  # fmt: skip


def live(
    order: Order, prospect: Prospect, start_on: date, terms: Terms, opportunity: str, trial_start_on: date | None = None
) -> Life:
    """Everything from the first paid day on. trial_start_on: the first day of a trial that ended in paying."""
    chance = order.chance("life", prospect.number)
    life = Life()
    for turn in (1, 2, 3):
        live_on, adopting_on = _arrival(order, chance, prospect, start_on)
        run = _Run(f"S-{prospect.number:04}-{turn}", start_on, terms, start_on)
        adopts = adopting_on is not None or order.today - start_on < timedelta(days=prospect.plan.live_days * 3)
        _play(order, chance, prospect, run, life, adopts=adopts)
        run.items.append(run.item(run.end_on))
        life.subscriptions.append(_subscription(prospect, run, opportunity, trial_start_on, live_on, adopting_on))
        if run.end_on is None or run.end_reason == "closed" or not chance.happens(COMES_BACK):
            break
        start_on = run.end_on + timedelta(days=chance.whole(35, 260))
        if start_on > order.today:
            break
        terms, opportunity, trial_start_on = _back(chance, run.terms), "", None
    return life


def _back(chance: Chance, terms: Terms) -> Terms:
    seats = max(2, round(terms.seats * chance.between(0.5, 0.95)))
    return replace(terms, seats=seats, discount_percent=volume_discount(seats))


def _arrival(order: Order, chance: Chance, prospect: Prospect, start_on: date) -> tuple[date | None, date | None]:
    """When it went live and when it was adopted; None where not, or not yet."""
    plan = prospect.plan
    live_on = start_on + timedelta(days=max(2, round(chance.spread(plan.live_days, 0.35))))
    adopts = chance.happens(LEAK_ADOPTS if prospect.leaks else plan.adopts)
    adopting_on = live_on + timedelta(
        days=max(WEEKS_OF_USE_DAYS, round(chance.spread(22 if prospect.segment == SMALL else 30, 0.25)))
    )
    return (live_on if live_on <= order.today else None), (adopting_on if adopts and adopting_on <= order.today else None)


def _subscription(
    prospect: Prospect, run: _Run, opportunity: str, trial_start_on: date | None, live_on: date | None, adopting_on: date | None
) -> Subscription:
    ended = run.end_on
    return Subscription(
        external_id=run.external_id, account=prospect.external_id, opportunity=opportunity, plan=run.terms.plan, interval=run.terms.interval,
        start_on=run.start_on, trial_start_on=trial_start_on, trial_end_on=run.start_on if trial_start_on else None,
        live_on=live_on if live_on and (ended is None or live_on < ended) else None,
        adopting_on=adopting_on if adopting_on and (ended is None or adopting_on < ended) else None,
        cancelled_on=run.cancelled_on, end_on=ended, end_reason=run.end_reason, items=tuple(run.items),
    )  # fmt: skip


def _play(order: Order, chance: Chance, prospect: Prospect, run: _Run, life: Life, *, adopts: bool) -> None:
    """Month by month from the start, up to the end or to today."""
    months = 0
    while True:
        months += 1
        on = add_months(run.start_on, months)
        term_ends = run.terms.interval == "month" or months % MONTHS_IN_YEAR == 0
        if term_ends and chance.happens(_leaves(prospect, run.terms, on, months, adopts=adopts)):
            cancelled_on = on - timedelta(days=chance.whole(18, 70) if run.terms.interval == "year" else chance.whole(1, 24))
            if on <= order.today or cancelled_on <= order.today:
                run.end_on, run.cancelled_on, run.end_reason = on, max(cancelled_on, run.since), chance.weighted(CHURN_REASONS)
            return
        if on > order.today + timedelta(days=NOTICE_DAYS):
            return
        if on > order.today:
            continue
        _evolve(chance, prospect, run, life, on, months, adopts=adopts)


def _leaves(prospect: Prospect, terms: Terms, on: date, months: int, *, adopts: bool) -> float:
    """The probability that the customer leaves at the end of this term."""
    yearly = prospect.plan.churn / CHANNELS[prospect.channel].stays * (1 if adopts else NOT_ADOPTING_LEAVES)
    if prospect.leaks and not adopts:
        return LEAK_LEAVES
    if terms.interval == "year":
        return min(0.8, yearly)
    early = 1.25 if months <= 4 else 1.0  # noqa: PLR2004 - the first months decide
    return (1 - (1 - min(0.8, yearly * MONTHLY_LEAVES)) ** (1 / MONTHS_IN_YEAR)) * LEAVING[on.month - 1] * early


def _evolve(chance: Chance, prospect: Prospect, run: _Run, life: Life, on: date, months: int, *, adopts: bool) -> None:
    """What changes on one monthly day: discount out, price up, seats up or down, a larger plan."""
    plan, terms = prospect.plan, run.terms
    is_anniversary = months % MONTHS_IN_YEAR == 0
    if is_anniversary and terms.discount_percent > volume_discount(terms.seats):
        run.change(on, terms.without_discount(), "discount_expired")
    if is_anniversary and months > MONTHS_IN_YEAR and chance.happens(0.45):
        run.change(on, run.terms.dearer(chance.pick((2, 3, 3, 4))), "price")
    grows = plan.grows / MONTHS_IN_YEAR * GROWING[on.month - 1] * (1.12 if adopts else 0.15)
    if chance.happens(grows):
        _grow(chance, prospect, run, life, on)
    elif (is_anniversary or run.terms.interval == "month") and chance.happens(
        plan.shrinks / (1 if run.terms.interval == "year" else MONTHS_IN_YEAR)
    ):
        seats = max(2, round(run.terms.seats * chance.between(0.68, 0.9)))
        run.change(on, run.terms.with_seats(min(seats, run.terms.seats)), "fewer_seats")


def _grow(chance: Chance, prospect: Prospect, run: _Run, life: Life, on: date) -> None:
    before = run.terms
    more = (
        chance.between(0.12, 0.34)
        if prospect.segment == SMALL
        else chance.between(0.07, 0.2 if prospect.segment == LARGE else 0.24)
    )
    seats = before.seats + max(1, round(before.seats * more))
    terms = before.with_seats(seats)
    upgraded = terms.upgraded() if chance.happens(0.35) else None
    run.change(on, upgraded or terms, "upgrade" if upgraded else "more_seats")
    life.growths.append(Growth(on, seats - before.seats, run.terms.yearly_minor - before.yearly_minor))


def trial_without_end_in_paying(order: Order, prospect: Prospect, terms: Terms) -> Subscription:
    """A trial that is still running, or that nobody paid for after it."""
    number = f"S-{prospect.number:04}-1"
    ends_on = prospect.came_on + timedelta(days=TRIAL_DAYS)
    is_over = ends_on <= order.today
    item = Item(
        f"{number}-1",
        number,
        terms.plan,
        terms.seats,
        terms.list_minor,
        terms.net_minor,
        terms.interval,
        terms.discount_percent,
        prospect.came_on,
        ends_on if is_over else None,
        "trial",
    )
    return Subscription(
        external_id=number, account=prospect.external_id, opportunity="", plan=terms.plan, interval=terms.interval, start_on=prospect.came_on,
        trial_start_on=prospect.came_on, trial_end_on=ends_on, live_on=None, adopting_on=None, cancelled_on=None,
        end_on=ends_on if is_over else None, end_reason="trial" if is_over else "", items=(item,),
    )  # fmt: skip
