"""What the customers of the demo company did in its product, day by day: as columns, made for all users of a subscription at once.

Consistent with what they bought: as many users as seats allow, few until they are live, more and more until they adopt, fewer on weekends and in
August, hardly any before they leave. Only uniform numbers of PCG64 are drawn, which are the same on every machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tenure.config.demo.order import Order
    from tenure.config.demo.rows import Company, Person, Subscription

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

EPOCH = date(1970, 1, 1)
DAY = 86_400_000_000
USERS_PER_SEAT, MOST_USERS = 0.22, 16
FADES_DAYS, RAMPS_DAYS = 84, 45
WEEKDAYS = np.array([1.0, 1.04, 1.02, 1.0, 0.84, 0.1, 0.05])
SEASONS = np.array([0.96, 1.0, 1.03, 1.0, 0.97, 1.0, 0.86, 0.72, 1.02, 1.04, 1.04, 0.78])
# How often the core of the product is used where it is not adopted, beside where it is.
SELDOM = 0.006
FIRST_HOUR, HOURS_OPEN = 5.5, 13.0


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing that users do: its event, how often on a day they work, and the JSON of its properties, one of which is drawn.

    is_core: hardly done by customers who do not adopt. is_web: sent by the browser, which knows the user and not the company.
    """

    event: str
    rate: float
    properties: tuple[bytes, ...] = (b"{}",)
    is_core: bool = False
    is_web: bool = False


def _said(**values: Sequence[object]) -> tuple[bytes, ...]:
    """JSON objects, the first of each, the second of each, and so on."""
    rows = zip(*values.values(), strict=True)
    return tuple(json.dumps(dict(zip(values, row, strict=True)), separators=(",", ":")).encode() for row in rows)


DOINGS = (
    Doing("Signed In", 0.9, _said(method=["password", "password", "sso"])),
    Doing("Order Created", 0.5, _said(priority=["normal", "normal", "high", "low"], channel=["phone", "portal", "app", "mail"])),
    Doing("Order Dispatched", 0.55, _said(distance_km=[4, 9, 17, 26, 41, 63], technicians=[1, 1, 1, 2, 2, 3]), is_core=True),
    Doing(
        "Order Completed", 0.4, _said(minutes=[25, 40, 55, 75, 110, 160], is_first_visit=[True, True, True, True, False, False])
    ),
    Doing("Photo Uploaded", 0.18, _said(megabytes=[0.8, 1.4, 2.1, 3.6, 5.2])),
    Doing("SMS Sent", 0.14, _said(segments=[1, 1, 1, 2, 3], country=["DE", "FR", "ES", "IT", "AT"])),
    Doing("Report Opened", 0.08, _said(report=["week", "team", "sla", "revenue"])),
    Doing(
        "$page",
        0.22,
        _said(name=["Orders", "Map", "Team", "Settings"], path=["/orders", "/map", "/team", "/settings"]),
        is_web=True,
    ),
)
SIGNED_UP = "Signed Up"


@dataclass(frozen=True, slots=True)
class Happened:
    """Events by columns, in order of time. doing: the place in DOINGS; user and account: places in the lists; pick: of the properties."""

    times: Whole
    doing: Whole
    user: Whole
    pick: Whole
    users: list[str]
    account_of: list[str]


def happened(order: Order, company: Company, until: int) -> Happened:
    """Everything up to `until` (microseconds since 1970). A pure function of the order and the company."""
    people: dict[str, list[Person]] = {}
    for person in company.people:
        people.setdefault(person.account, []).append(person)
    users: list[str] = []
    account_of: list[str] = []
    first: dict[str, int] = {}
    parts = []
    for subscription in company.subscriptions:
        account, most = subscription.account, _users(max(item.quantity for item in subscription.items))
        if account not in first or len(users) - first[account] < most or account_of[first[account]] != account:
            first[account] = len(users)
            users += _named(account, people.get(account, []), most)
            account_of += [account] * most
        draw = _draw(order, subscription.external_id)
        parts += [
            (times, doing, user + first[account], pick) for times, doing, user, pick in _worked(order, subscription, most, draw)
        ]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    kept = np.flatnonzero(columns[0] <= until)
    kept = kept[np.argsort(columns[0][kept], kind="stable")]
    times, doing, user, pick = (column[kept] for column in columns)
    return Happened(times, doing, user, pick, users, account_of)


def _worked(
    order: Order, subscription: Subscription, most: int, draw: np.random.Generator
) -> Iterator[tuple[Whole, Whole, Whole, Whole]]:
    """(times, doing, user, pick) of one subscription."""
    began = max(subscription.trial_start_on or subscription.start_on, order.begins)
    ended = min(subscription.end_on or order.today + timedelta(days=1), order.today + timedelta(days=1))
    if ended <= began:
        return
    days = np.arange((began - EPOCH).days, (ended - EPOCH).days)
    shares = _shares(subscription, days)
    allowed = _allowed(subscription, days)
    eager = 0.28 + 0.5 * draw.random(most)
    active = draw.random((most, len(days))) < eager[:, None] * shares[None, :]
    user, at = np.nonzero(active & (np.arange(most)[:, None] < allowed[None, :]))
    adopts = subscription.adopting_on is not None
    for place, doing in enumerate(DOINGS):
        rate = doing.rate * (1.0 if adopts or not doing.is_core else SELDOM)
        hit = np.flatnonzero(draw.random(len(user)) < rate)
        clock = FIRST_HOUR + HOURS_OPEN * (draw.random(len(hit)) + draw.random(len(hit))) / 2
        times = days[at[hit]] * DAY + (clock * 3_600_000_000).astype(np.int64)
        pick = (draw.random(len(hit)) * len(doing.properties)).astype(np.int64)
        yield times, np.full(len(hit), place), user[hit], pick


def _shares(subscription: Subscription, days: Whole) -> Floats:
    """How much is worked on each day, beside a usual working day."""
    months = (days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)) % 12
    shares: Floats = WEEKDAYS[(days + 3) % 7] * SEASONS[months]
    live_on = subscription.live_on
    if live_on is not None:
        since = days - (live_on - EPOCH).days
        shares = shares * np.clip(0.45 + 0.55 * since / RAMPS_DAYS, 0.3, 1.0)
        if subscription.adopting_on is None:
            shares = shares * np.clip(0.75 - since / 200, 0.22, 0.75)
    else:
        shares = shares * 0.4
    if subscription.end_on is not None and subscription.end_reason != "closed":
        left = (subscription.end_on - EPOCH).days - days
        shares = shares * np.clip(0.12 + 0.88 * left / FADES_DAYS, 0.12, 1.0)
    return shares


def _allowed(subscription: Subscription, days: Whole) -> Whole:
    """How many users there may be on each day, by the seats of that day."""
    allowed = np.full(len(days), _users(subscription.items[0].quantity))
    for item in subscription.items:
        allowed[days >= (item.start_on - EPOCH).days] = _users(item.quantity)
    return allowed


def _users(seats: int) -> int:
    return max(1, min(MOST_USERS, round(seats * USERS_PER_SEAT)))


def _named(account: str, people: Sequence[Person], most: int) -> list[str]:
    """People who are known first, then colleagues that only the product knows."""
    known = [person.external_id for person in people][:most]
    return known + [f"{account}-u{number}" for number in range(len(known) + 1, most + 1)]


def _draw(order: Order, key: str) -> np.random.Generator:
    digest = hashlib.sha256(f"product/{order.seed}/{order.language}/{key}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))
