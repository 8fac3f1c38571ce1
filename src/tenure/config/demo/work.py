"""The daily work with an account: calls, meetings and mails, notes, and tasks done and still to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from babel.dates import format_date

from tenure.config.demo.chance import Chance
from tenure.config.demo.months import after, at_work, working_day
from tenure.config.demo.order import Order
from tenure.config.demo.plan import COMPETITORS, LARGE, SMALL
from tenure.config.demo.rows import Activity, Company, Note, Opportunity, Person, Subscription, Task
from tenure.config.demo.team import Team
from tenure.config.demo.words import Words

if TYPE_CHECKING:
    from tenure.config.demo.generate import Story

MEETING_MINUTES = (30, 45, 60, 60, 90)
CALL_MINUTES = (4, 8, 12, 15, 20, 25, 35)
DAYS_BETWEEN_CARE = (140, 75, 38)
CARE_LOOKS_BACK_DAYS = 720
OPEN_TASKS = {"overdue": 0.16, "today": 0.12, "soon": 0.5}


@dataclass(slots=True)
class Diary:
    """Writes down what happens with one account. seller, success: the member who does it, by e-mail. mark: tells its ids from another diary's."""

    order: Order
    words: Words
    company: Company
    story: Story
    chance: Chance
    seller: str
    success: str
    mark: str = ""
    entries: int = 0

    def touch(self, kind: str, occasion: str, on: date, member: str) -> None:
        """A call, meeting or mail on that day, if it is not in the future and somebody was there then."""
        if on > self.order.today:
            return
        person = self.chance.pick(self.story.people)
        if person.left_on is not None and on >= person.left_on:
            person = self.story.people[0]
        table: Mapping[str, tuple[str, ...]] = {
            "call": self.words.calls,
            "meeting": self.words.meetings,
            "mail": self.words.mails,
        }[kind]
        self.entries += 1
        self.company.activities.append(
            Activity(
                external_id=self._id("T"), kind=kind, account=self.story.prospect.external_id,
                person=person.external_id, member=member, happened_at=self._past(on), minutes=self._minutes(kind),
                direction="in" if occasion == "reply" or (kind == "call" and self.chance.happens(0.2)) else "out", outcome=self._outcome(kind),
                subject=self.filled(self.chance.pick(table[occasion]), on, person), body="",
            )
        )  # fmt: skip

    def note(self, occasion: str, on: date, author: str, **facts: object) -> None:
        """Something worth remembering."""
        if on > self.order.today:
            return
        self.entries += 1
        person = self.story.people[0]
        text = self.filled(self.chance.pick(self.words.notes[occasion]), on, person, **facts)
        self.company.notes.append(
            Note(
                self._id("N"), self.story.prospect.external_id, person.external_id, author,
                self._past(on), occasion == "pinned", text,
            )
        )  # fmt: skip

    def task(self, occasion: str, due_on: date, assignee: str, *, is_done: bool) -> None:
        """Something to do."""
        self.entries += 1
        person = self.story.people[0]
        title = self.filled(self.chance.pick(self.words.tasks[occasion]), due_on, person)
        done_at = self._past(due_on - timedelta(days=self.chance.pick((0, 0, 0, 1, 2, -1)))) if is_done else None
        self.company.tasks.append(
            Task(self._id("K"), title, self.story.prospect.external_id, person.external_id, assignee, due_on, done_at)
        )

    def filled(self, text: str, on: date, person: Person, **facts: object) -> str:
        """The text with what is known of the account."""
        prospect = self.story.prospect
        known: dict[str, object] = {
            "company": prospect.name, "person": person.name, "seats": prospect.seats, "employees": prospect.employees,
            "need": self.chance.pick(self.words.segments[prospect.segment].needs).need, "competitor": self.chance.pick(COMPETITORS),
            "month": format_date(on, "LLLL", locale=self.order.language.replace("-h", "_H")), "plan": "", "reason": "",
        }  # fmt: skip
        return text.format_map(known | facts)

    def _id(self, kind: str) -> str:
        return f"{kind}-{self.story.prospect.number:04}-{self.mark}{self.entries:03}"

    def _past(self, on: date) -> datetime:
        """An hour of that day; of today an early one, so that nothing stands in the future."""
        at = at_work(self.chance, min(on, self.order.today))
        return at.replace(hour=min(at.hour, 1), minute=0) if at.date() == self.order.today else at

    def _minutes(self, kind: str) -> int | None:
        return None if kind == "mail" else self.chance.pick(MEETING_MINUTES if kind == "meeting" else CALL_MINUTES)

    def _outcome(self, kind: str) -> str:
        if kind == "mail":
            return ""
        if kind == "meeting":
            return self.chance.weighted({"held": 93, "moved": 5, "no_show": 2})
        return self.chance.weighted({"reached": 74, "not_reached": 14, "left_message": 12})


def diary_of(order: Order, words: Words, team: Team, story: Story, company: Company, what: str = "") -> Diary:
    """An account's diary, kept by its seller and who looks after it. what: for which purpose, where it is not the usual work."""
    number, segment = story.prospect.number, story.prospect.segment
    seller, success = (
        team.address(team.seller_for(order, number, segment)),
        team.address(team.success_for(order, number, segment)),
    )
    return Diary(order, words, company, story, order.chance("work", number, what), seller, success, what[:1].upper())


def add_work(order: Order, words: Words, team: Team, story: Story, company: Company) -> None:
    """Everything that was done with the account, and what is still to be done."""
    prospect = story.prospect
    diary = diary_of(order, words, team, story, company)
    seller, success = diary.seller, diary.success
    for opportunity in story.dealing.opportunities:
        _selling(diary, opportunity)
    if story.customer_on is not None:
        for subscription in story.life.subscriptions:
            _caring(diary, subscription)
        if story.is_customer and prospect.segment == LARGE and diary.chance.happens(0.6):
            diary.note("pinned", after(story.customer_on, 20), success)
    elif story.prospect.origin == "trial":
        diary.touch("mail", "intro", after(prospect.came_on, 1), seller)
        if diary.chance.happens(0.5):
            diary.touch("call", "discovery", after(prospect.came_on, 4), seller)
    _open_tasks(diary)


def _selling(diary: Diary, deal: Opportunity) -> None:
    """Calls, a demo, the offer, and what was noted, along one deal."""
    chance, seller = diary.chance, diary.seller
    opened = deal.opened_at.date()
    ended = deal.closed_at.date() if deal.closed_at else diary.order.today
    span = max(4, (ended - opened).days)
    diary.touch("call", "discovery", opened, seller)
    if chance.happens(0.6):
        diary.note("discovery", opened, seller)
    diary.touch("meeting", "demo", after(opened, span * 0.2), seller)
    if span * 0.45 < (diary.order.today - opened).days:
        diary.touch("mail", "offer", after(opened, span * 0.45), seller)
    if chance.happens(0.6):
        diary.touch("call", "follow_up", after(opened, span * 0.6), seller)
    if diary.story.prospect.segment != SMALL:
        diary.touch("mail", "reply", after(opened, span * 0.68), seller)
        diary.touch("meeting", "decision", after(opened, span * 0.8), seller)
    diary.task("deal", after(opened, span * 0.4), seller, is_done=True)
    if deal.stage == "won":
        diary.note("won", ended, seller, plan=deal.product)
    elif deal.stage == "lost" and chance.happens(0.5):
        diary.note("lost", ended, seller, reason=deal.reason)


def _caring(diary: Diary, subscription: Subscription) -> None:
    """Kick-off, training, reviews, renewals and farewells of one subscription, as far back as is kept."""
    start, success, segment = subscription.start_on, diary.success, diary.story.prospect.segment
    if start >= diary.order.begins:
        diary.touch("meeting", "kick_off", after(start, 3), success)
        diary.touch("call", "onboarding", after(start, 9), success)
        if segment != SMALL:
            diary.touch("meeting", "training", after(start, 21), success)
            diary.note("onboarding", after(start, 5), success)
        diary.task("onboarding", after(start, 7), success, is_done=after(start, 7) < diary.order.today)
    until = min(subscription.end_on or diary.order.today, diary.order.today)
    day = after(
        max(start + timedelta(days=60), diary.order.today - timedelta(days=CARE_LOOKS_BACK_DAYS)), diary.chance.between(0, 40)
    )
    while day < until:
        _care_once(diary, subscription, day)
        day = after(day, DAYS_BETWEEN_CARE[segment] * diary.chance.between(0.6, 1.5))
    if subscription.cancelled_on is not None:
        diary.touch("call", "risk", subscription.cancelled_on, success)
        diary.note("churn", subscription.cancelled_on, success, reason=diary.words.churn_reasons[subscription.end_reason])


def _care_once(diary: Diary, subscription: Subscription, day: date) -> None:
    chance, success = diary.chance, diary.success
    trouble = subscription.adopting_on is None or (subscription.cancelled_on is not None and chance.happens(0.4))
    occasion = chance.weighted({"review": 30, "check_in": 38, "care": 24, "renewal": 8})
    if trouble and chance.happens(0.6):
        diary.touch("call", "risk", day, success)
        if chance.happens(0.5):
            diary.note("risk", day, success)
        return
    if occasion == "review":
        diary.touch("meeting", "review", day, success)
        diary.task("customer", working_day(day - timedelta(days=2)), success, is_done=True)
        if chance.happens(0.45):
            diary.note("healthy", day, success)
    else:
        diary.touch("mail" if occasion == "care" else "call", occasion, day, success)


def _open_tasks(diary: Diary) -> None:
    """What is to be done now: some of it late, some today, some in the next weeks."""
    story, today, chance = diary.story, diary.order.today, diary.chance
    is_open_deal = any(deal.closed_at is None for deal in story.dealing.opportunities)
    if is_open_deal:
        occasion, member = "deal", diary.seller
    elif story.is_customer:
        at_risk = story.life.subscriptions[-1].adopting_on is None
        occasion, member = ("risk" if at_risk else chance.weighted({"customer": 70, "renewal": 30})), diary.success
    else:
        return
    odds = 1.0 if is_open_deal else 0.5
    when = chance.weighted({**{name: odd * odds for name, odd in OPEN_TASKS.items()}, "none": 1.0 - 0.78 * odds})
    days = {"overdue": -chance.whole(1, 12), "today": 0, "soon": chance.whole(1, 24)}
    if when != "none":
        due_on = today + timedelta(days=days[when])
        diary.task(
            occasion, due_on if when == "today" else working_day(due_on) if when == "soon" else due_on, member, is_done=False
        )
