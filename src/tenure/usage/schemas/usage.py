"""Usage as the API writes it: exact decimals as text, instants in UTC."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tenure.usage.enums import WindowSize
from tenure.workspace.endpoints.schemas import Page


class UsageOut(Schema):
    """The usage of one combination of keys in one window."""

    start: datetime
    end: datetime
    value: str | None = Field(
        description="Exact; null where there is no value at all, as of an average of nothing.", examples=["12.5"]
    )
    account: UUID | None = Field(default=None, description="Null for what waits for an account.")
    user: str | None = None
    event: str | None = None
    group: dict[str, str] = Field(
        default_factory=dict, description="Values of the properties asked for; empty where an event has none."
    )


class UsagePage(Page[UsageOut]):
    """Usage in order of keys and time."""

    meter: UUID
    unit: str
    window: WindowSize
    zone: str


class CountedEventOut(Schema):
    """An event that a meter counts."""

    id: str
    time: datetime
    name: str
    subject: str
    user: str
    source: UUID
    value: str | None = Field(description="The number it takes; null where it takes none.")
    text: str = Field(description="What stands in the event under the property.")
    properties: dict[str, Any]


class CountedEventPage(Page[CountedEventOut]):
    """Events, the latest first."""


class ActiveDayOut(Schema):
    """Users active on a day, in the seven and in the thirty days up to it."""

    on: date
    daily: int
    weekly: int
    monthly: int


class ActiveUsersOut(Schema):
    """Active users day by day."""

    zone: str
    stickiness: str | None = Field(description="Mean of daily users over the monthly users at the end.", examples=["0.2143"])
    items: list[ActiveDayOut]


class AdoptionOut(Schema):
    """How far a feature is taken up in a period."""

    feature: UUID
    key: str
    accounts: int
    active_accounts: int
    users: int
    events: int
    breadth: str | None = Field(description="Share of active accounts that used it.", examples=["0.6667"])
    frequency: str | None = Field(description="Days of use of an account that uses it, on average.", examples=["3.5"])


class AdoptionListOut(Schema):
    """Every feature's adoption."""

    items: list[AdoptionOut]
