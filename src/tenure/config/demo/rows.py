"""The records of the demo company as plain values. Records name one another by external id, as files of other systems do.

Money is in minor units of EUR; instants are UTC; a date that has not come is None.
"""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass, field
from datetime import date, datetime

CURRENCY = "EUR"


@dataclass(frozen=True, slots=True)
class Member:
    """Staff. role: the built-in role they are invited with."""

    key: str
    name: str
    email: str
    team: str
    role: str


@dataclass(frozen=True, slots=True)
class Need:
    """A need of a segment, and how the product answers it."""

    need: str
    answer: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A kind of customer with its three needs."""

    name: str
    description: str
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A company. owner, seller, success: e-mail addresses of members."""

    external_id: str
    name: str
    domain: str
    parent: str
    segment: str
    owner: str
    seller: str
    success: str
    industry: str
    country: str
    city: str
    employees: int | None
    tags: tuple[str, ...]
    came_from: str
    description: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works at an account."""

    external_id: str
    account: str
    name: str
    email: str
    phone: str
    title: str
    role: str
    persona: str
    language: str
    is_main: bool
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Channel:
    """Where leads come from."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class ChannelMonth:
    """What a channel cost in a month and how often it was seen."""

    channel: str
    on: date
    cost_minor: int
    exposures: int


@dataclass(frozen=True, slots=True)
class OtherCost:
    """What selling and marketing cost besides the channels."""

    external_id: str
    on: date
    kind: str
    description: str
    cost_minor: int


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody who showed interest. status: new, qualified, disqualified; its deal makes it converted."""

    external_id: str
    name: str
    email: str
    company: str
    title: str
    country: str
    account: str
    person: str
    channel: str
    persona: str
    segment: str
    owner: str
    first_contact_at: datetime
    landing_page: str
    first_source: str
    first_medium: str
    first_campaign: str
    last_source: str
    last_medium: str
    last_campaign: str
    click_id: str
    status: str
    qualified_at: datetime | None
    disqualified_at: datetime | None
    lost_reason: str
    score: int


@dataclass(frozen=True, slots=True)
class StageStep:
    """A deal entered a stage of the pipeline."""

    external_id: str
    opportunity: str
    stage: str
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A deal. stage: where it stands; reason: why it was won or lost."""

    external_id: str
    name: str
    account: str
    lead: str
    person: str
    owner: str
    team: str
    partner: str
    product: str
    amount_minor: int
    stage: str
    opened_at: datetime
    expected_close_on: date
    closed_at: datetime | None
    reason: str
    competitor: str
    is_expansion: bool


@dataclass(frozen=True, slots=True)
class Item:
    """What a subscription holds from start_on until end_on (excluded): seats of a plan at amounts per interval."""

    external_id: str
    subscription: str
    plan: str
    quantity: int
    list_minor: int
    net_minor: int
    interval: str
    discount_percent: int
    start_on: date
    end_on: date | None
    why: str


@dataclass(frozen=True, slots=True)
class Subscription:
    """An agreement. trial_start_on to trial_end_on: nothing is paid. cancelled_on: the day notice was given."""

    external_id: str
    account: str
    opportunity: str
    plan: str
    interval: str
    start_on: date
    trial_start_on: date | None
    trial_end_on: date | None
    live_on: date | None
    adopting_on: date | None
    cancelled_on: date | None
    end_on: date | None
    end_reason: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ReportedChurn:
    """Somebody told us that a customer leaves; not always so, and not always on the day it happens."""

    external_id: str
    account: str
    on: date
    reason: str
    refund_minor: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something to remember about an account."""

    external_id: str
    account: str
    person: str
    author: str
    written_at: datetime
    is_pinned: bool
    body: str


@dataclass(frozen=True, slots=True)
class Activity:
    """We were in touch: call, meeting or mail."""

    external_id: str
    kind: str
    account: str
    person: str
    member: str
    happened_at: datetime
    minutes: int | None
    direction: str
    outcome: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do, or done."""

    external_id: str
    title: str
    account: str
    person: str
    assignee: str
    due_on: date
    done_at: datetime | None


@dataclass(slots=True)
class Company:
    """Everything about the demo company."""

    name: str
    members: list[Member] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    channel_months: list[ChannelMonth] = field(default_factory=list)
    other_costs: list[OtherCost] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    opportunities: list[Opportunity] = field(default_factory=list)
    stage_steps: list[StageStep] = field(default_factory=list)
    subscriptions: list[Subscription] = field(default_factory=list)
    reported_churn: list[ReportedChurn] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        """The items of all subscriptions."""
        return [item for one in self.subscriptions for item in one.items]

    def digest(self) -> str:
        """SHA-256 over every row: equal digests, equal companies."""
        digest = hashlib.sha256(self.name.encode())
        for name in self.__slots__[1:]:
            for row in getattr(self, name):
                digest.update(repr(astuple(row)).encode())
        return digest.hexdigest()
