"""The plan of the demo company: its team, channels, segments and prices, and the rates that drive its life.

The rates are chosen so that the numbers come out as in a healthy company of its size: see tests/config/demo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NAME = "Lumen Desk"
DOMAIN = "lumendesk.example"
SLUG = "lumen-desk"
COMPETITORS = ("TaskHarbor", "Fixwise", "OrderNest", "Servanta", "FieldLoop")
PARTNERS = ("Bluewharf Consulting", "Tandem IT", "Sierra Systems", "Nordlicht Beratung", "Puente Digital")
PRODUCT = "Lumen Desk"


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """A channel: its kind as the market room names it, what a month costs (EUR), how often it is seen for one lead.

    leads: how many of the leads it brings. converts, wins, stays: how much better than usual its leads become deals, are won, stay.
    """

    kind: str
    monthly_cost: int
    exposures_per_lead: int
    leads: float
    converts: float
    wins: float
    stays: float
    sources: tuple[str, ...]
    medium: str
    click_id: str = ""


CHANNELS: Mapping[str, ChannelPlan] = {
    "organic": ChannelPlan("organic_search", 3200, 310, 24, 1.0, 1.0, 1.05, ("google", "bing", "duckduckgo"), "organic"),
    "search": ChannelPlan("paid_search", 8900, 420, 21, 0.95, 0.95, 1.0, ("google", "bing"), "cpc", "gclid"),
    "social": ChannelPlan("paid_social", 7200, 1900, 19, 0.75, 0.85, 0.62, ("linkedin", "facebook"), "paid_social", "li_fat_id"),
    "webinar": ChannelPlan("content", 2600, 45, 12, 0.9, 1.05, 1.05, ("newsletter", "partner_mail"), "email"),
    "event": ChannelPlan("event", 3600, 60, 7, 1.1, 1.05, 1.1, ("fair",), "offline"),
    "partner": ChannelPlan("partner", 2300, 12, 6, 1.7, 1.25, 1.25, ("partner",), "referral"),
    "referral": ChannelPlan("referral", 700, 6, 5, 1.9, 1.5, 1.35, ("customer",), "referral"),
    "outbound": ChannelPlan("outbound", 3500, 85, 9, 0.8, 0.75, 1.0, ("sdr",), "outbound"),
}


@dataclass(frozen=True, slots=True)
class Price:
    """A plan: cents a seat and month, by monthly bill; a yearly one costs ten times the month."""

    seat_minor: int
    from_seats: int


PLANS: Mapping[str, Price] = {
    "starter": Price(2900, 1),
    "team": Price(4200, 8),
    "business": Price(5600, 30),
    "enterprise": Price(6900, 120),
}
MONTHS_PAID_OF_A_YEAR = 10


@dataclass(frozen=True, slots=True)
class SegmentPlan:
    """A segment and how its companies behave.

    share: of companies that come on each way (base, deal, trial). seats: median, spread, least, most. cycle_days: median from the deal's opening to
    its end. win: of deals that end. yearly: share that pays by the year. Per year: churn, grows, shrinks. adopts: of those that go live.
    """

    share: Mapping[str, float]
    employees: tuple[int, int]
    seats: tuple[float, float, int, int]
    plans: Mapping[str, float]
    cycle_days: float
    win: float
    yearly: float
    churn: float
    grows: float
    shrinks: float
    adopts: float
    live_days: float
    people: tuple[int, int]
    channels: Mapping[str, float]


SEGMENTS: tuple[SegmentPlan, ...] = (
    SegmentPlan(
        {"base": 46, "deal": 34, "trial": 88}, (6, 45), (9, 0.45, 3, 28), {"starter": 40, "team": 60}, 19, 0.25, 0.42, 0.18, 0.66, 0.09, 0.92, 4,
        (1, 2), {"organic": 26, "search": 24, "social": 30, "webinar": 9, "event": 4, "partner": 3, "referral": 6, "outbound": 2},
    ),
    SegmentPlan(
        {"base": 43, "deal": 46, "trial": 12}, (60, 900), (44, 0.45, 18, 140), {"team": 34, "business": 66}, 47, 0.22, 0.74, 0.074, 0.85, 0.09, 0.93, 20,
        (2, 4), {"organic": 21, "search": 19, "social": 13, "webinar": 14, "event": 10, "partner": 8, "referral": 7, "outbound": 8},
    ),
    SegmentPlan(
        {"base": 11, "deal": 20, "trial": 0}, (700, 14000), (150, 0.4, 80, 420), {"business": 30, "enterprise": 70}, 104, 0.18, 1.0, 0.04, 0.92, 0.08, 0.96, 42,
        (4, 6), {"organic": 14, "search": 8, "social": 6, "webinar": 12, "event": 20, "partner": 15, "referral": 9, "outbound": 16},
    ),
)  # fmt: skip
SMALL, MIDDLE, LARGE = range(3)
# The leak: for some time a campaign on this channel has brought companies of this segment that go live, do not adopt, and leave.
LEAK = (SMALL, "social")
LEAK_DAYS = 420
LEAK_BRINGS = 3.4
LEAK_PAYS = 2.0
LEAK_ADOPTS = 0.14
# Of those who do not adopt, each month; they pay by the month.
LEAK_LEAVES = 0.08

# How companies came to be accounts: customers from before the three years, deals, trials signed up for by themselves.
ORIGINS: Mapping[str, float] = {"base": 15, "deal": 60, "trial": 25}
LEADS_PER_ACCOUNT = 4.2
TRIAL_PAYS = 0.3
TRIAL_DAYS = 14


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member: team and role; first name and last name come from the company's country, but for the founder."""

    key: str
    team: str
    role: str


TEAM: tuple[Colleague, ...] = (
    Colleague("founder", "board", "Owner"),
    Colleague("marketer", "marketing", "Editor"),
    Colleague("seller1", "sales", "Rep"),
    Colleague("seller2", "sales", "Rep"),
    Colleague("seller3", "enterprise", "Rep"),
    Colleague("success1", "success", "Editor"),
    Colleague("success2", "success", "Editor"),
    Colleague("success3", "success", "Rep"),
)
# How good each seller is at closing, beside the usual.
SKILL: Mapping[str, float] = {"seller1": 1.18, "seller2": 0.84, "seller3": 1.02}
MONTHLY_SALARIES = 25_500
MONTHLY_TOOLS = 2_900
MONTHLY_AGENCIES = 2_900
MONTHLY_TRAVEL = 1_900
COMMISSION = 0.07
# What the team and its channels cost when the three years begin, beside today.
COST_AT_FIRST = 0.54
GROSS_MARGIN_AT_FIRST = 76
GROSS_MARGIN_PER_YEAR = 2
