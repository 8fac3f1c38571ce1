"""The generator alone: the same company every time, without holes, with the numbers of a healthy company."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from statistics import mean

import pytest

from tenure.config.demo.generate import generate
from tenure.config.demo.months import add_months
from tenure.config.demo.order import Order
from tenure.config.demo.rows import Company, Item
from tenure.config.demo.words import WORDS

TODAY = date(2026, 11, 22)
LANGUAGES = ("en", "zh-hans", "es")
MONTHS = {"month": 1, "year": 12}


@pytest.fixture(scope="module")
def company() -> Company:
    return generate(Order(1, 600, "en", TODAY))


@pytest.fixture(scope="module", params=LANGUAGES)
def small(request) -> Company:
    return generate(Order(7, 60, request.param, TODAY))


def test_generate_with_the_same_order_in_processes_of_other_hashes_gives_the_same_bytes():
    code = "from datetime import date; from tenure.config.demo.generate import generate; from tenure.config.demo.order import Order; print(generate(Order(1, 80, 'zh-hans', date(2026, 11, 22))).digest())"
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": "src", "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(digests) == 1


@pytest.mark.parametrize(
    "other",
    [
        Order(2, 60, "en", TODAY),
        Order(1, 61, "en", TODAY),
        Order(1, 60, "es", TODAY),
        Order(1, 60, "en", TODAY + timedelta(days=1)),
    ],
)
def test_generate_with_another_order_gives_another_company(other):
    assert generate(other).digest() != generate(Order(1, 60, "en", TODAY)).digest()


def test_words_of_every_language_answer_the_same_occasions():
    for name in (
        "channels",
        "industries",
        "plans",
        "teams",
        "titles",
        "personas",
        "stages",
        "lost_reasons",
        "churn_reasons",
        "tags",
        "costs",
        "calls",
        "meetings",
        "mails",
        "notes",
        "tasks",
    ):
        assert len({tuple(getattr(WORDS[language], name)) for language in LANGUAGES}) == 1, name
    assert {len(segment.needs) for words in WORDS.values() for segment in words.segments} == {3}
    assert {len(words.segments) for words in WORDS.values()} == {3}


def test_generate_leaves_no_text_unfilled(small):
    texts = [one.body for one in small.notes] + [one.subject for one in small.activities] + [one.title for one in small.tasks]
    texts += [one.name for one in small.opportunities] + [one.description for one in small.accounts]

    assert [text for text in texts if "{" in text or "}" in text] == []


def test_generate_gives_every_record_its_own_id_and_only_references_that_exist(small):
    def ids(rows):
        names = [row.external_id for row in rows]
        assert len(names) == len(set(names))
        return {*names, ""}

    accounts, people, leads = ids(small.accounts), ids(small.people), ids(small.leads)
    deals, subscriptions = ids(small.opportunities), ids(small.subscriptions)
    members = {member.email for member in small.members} | {""}
    for rows in (
        small.items,
        small.stage_steps,
        small.notes,
        small.activities,
        small.tasks,
        small.reported_churn,
        small.other_costs,
    ):
        ids(rows)

    used = {
        ("account", row.account)
        for row in [
            *small.people,
            *small.leads,
            *small.opportunities,
            *small.subscriptions,
            *small.notes,
            *small.activities,
            *small.tasks,
        ]
    }
    assert {name for _, name in used} <= accounts
    assert {row.parent for row in small.accounts} <= accounts
    assert {row.person for row in [*small.leads, *small.opportunities, *small.notes, *small.activities, *small.tasks]} <= people
    assert {row.lead for row in small.opportunities} <= leads
    assert {row.opportunity for row in [*small.subscriptions, *small.stage_steps]} <= deals
    assert {row.subscription for row in small.items} <= subscriptions
    assert {row.owner for row in [*small.accounts, *small.leads, *small.opportunities]} | {
        row.assignee for row in small.tasks
    } <= members
    assert {row.channel for row in [*small.leads, *small.channel_months]} <= {channel.name for channel in small.channels}


def test_generate_puts_nothing_that_happened_into_the_future(small):
    days = [lead.first_contact_at.date() for lead in small.leads] + [one.happened_at.date() for one in small.activities]
    days += [step.entered_at.date() for step in small.stage_steps] + [note.written_at.date() for note in small.notes]
    days += [one.on for one in small.reported_churn] + [task.done_at.date() for task in small.tasks if task.done_at]
    days += [day for one in small.subscriptions for day in (one.start_on, one.live_on, one.adopting_on, one.cancelled_on) if day]
    days += [item.start_on for item in small.items]

    assert max(days) <= TODAY


def test_generate_orders_what_follows_from_one_another(small):
    leads = {lead.external_id: lead for lead in small.leads}
    for deal in small.opportunities:
        steps = [step.entered_at for step in small.stage_steps if step.opportunity == deal.external_id]
        assert steps == sorted(steps)
        assert deal.opened_at == steps[0]
        assert deal.lead == "" or leads[deal.lead].first_contact_at < deal.opened_at
        assert (deal.closed_at is None) == (deal.stage not in {"won", "lost"})
    for one in small.subscriptions:
        assert all(before.end_on == after.start_on for before, after in pairwise(one.items))
        assert one.items[-1].end_on == one.end_on
        assert all(item.start_on < item.end_on for item in one.items if item.end_on)
        assert all(0 < item.net_minor <= item.list_minor for item in one.items)
        assert one.live_on is None or one.live_on >= one.start_on
        assert one.adopting_on is None or one.adopting_on > one.live_on


def test_generate_makes_as_many_accounts_as_ordered_and_a_few_twice(company):
    assert len([one for one in company.accounts if one.external_id.startswith("A-")]) == 600
    assert 5 <= len([one for one in company.accounts if one.external_id.startswith("W-")]) <= 12
    assert Counter(one.segment for one in company.accounts if one.segment).keys() == {"Small", "Mid-market", "Enterprise"}
    assert len({one.country for one in company.accounts}) >= 10


def test_generate_wins_between_a_fifth_and_a_third_of_closed_deals(company):
    outcomes = Counter(deal.stage for deal in company.opportunities)

    assert 0.20 <= outcomes["won"] / (outcomes["won"] + outcomes["lost"]) <= 0.30
    assert sum(outcomes[stage] for stage in ("discovery", "evaluation", "proposal", "negotiation")) >= 20
    assert len({deal.competitor for deal in company.opportunities if deal.competitor}) == 5


def test_generate_keeps_and_grows_revenue_as_a_healthy_company_does(company):
    net, gross, growth = zip(*(_year(company, add_months(TODAY, -12 * years)) for years in (2, 1, 0)), strict=True)

    assert 1.00 <= mean(net) <= 1.15
    assert 0.85 <= mean(gross) <= 0.93
    assert 1.30 <= mean(growth) <= 1.60
    assert 2_000_000_00 < sum(_book(company, TODAY).values()) * 12 < 10_000_000_00


def test_generate_pays_acquisition_back_within_eight_to_sixteen_months(company):
    start = add_months(TODAY.replace(day=1), -12)
    end = TODAY.replace(day=1)
    spent = sum(one.cost_minor for one in [*company.channel_months, *company.other_costs] if start <= one.on < end)
    first = {}
    for one in sorted(company.subscriptions, key=lambda one: one.start_on):
        if one.items[0].why != "trial":
            first.setdefault(one.account, one)
    fresh = sum(_monthly(one.items[0]) for one in first.values() if start <= one.start_on < end)

    assert 8 <= spent / (fresh * 0.8) <= 16


def test_generate_converts_leads_of_channels_at_different_rates(company):
    leads = Counter(lead.channel for lead in company.leads)
    lead_of = {lead.account: lead.channel for lead in company.leads if lead.account}
    paying = {one.account for one in company.subscriptions if one.items[0].why != "trial"}
    won = Counter(lead_of[account] for account in paying if account in lead_of)
    rates = {channel: won[channel] / count for channel, count in leads.items()}

    assert max(rates.values()) > 3 * min(rates.values())
    assert rates["Customer referrals"] > rates["Paid search"]


def test_generate_hides_a_leak_in_small_companies_from_paid_social(company):
    leads = {lead.account: lead for lead in company.leads if lead.account}
    leak, others = [], []
    for one in company.subscriptions:
        lead = leads.get(one.account)
        if (
            lead
            and one.live_on
            and one.live_on < TODAY - timedelta(days=90)
            and lead.first_contact_at.date() > TODAY - timedelta(days=420)
        ):
            (leak if (lead.channel, lead.segment) == ("Paid social", "Small") else others).append(one.adopting_on is not None)

    assert len(leak) >= 10
    assert mean(leak) <= 0.35
    assert mean(others) >= 0.8


def test_generate_gives_the_founder_work_for_today(company):
    founder = company.members[0].email
    still_open = [task for task in company.tasks if task.assignee == founder and task.done_at is None]

    assert len([task for task in still_open if task.due_on < TODAY]) >= 3
    assert len([task for task in still_open if task.due_on == TODAY]) >= 3
    assert len([one for one in company.accounts if one.owner == founder]) >= 8


def _year(company: Company, end: date) -> tuple[float, float, float]:
    """Net and gross revenue retention and growth of the year to `end`: old customers then over all of them before, each capped for gross."""
    before, after = _book(company, add_months(end, -12)), _book(company, end)
    opening = sum(before.values())
    net = sum(after.get(account, 0) for account in before) / opening
    gross = sum(min(value, after.get(account, 0)) for account, value in before.items()) / opening
    return net, gross, sum(after.values()) / opening


def _book(company: Company, on: date) -> dict[str, float]:
    """MRR of every account on a day, in cents, by hand: items that run and are no trial."""
    book: dict[str, float] = defaultdict(float)
    for one in company.subscriptions:
        for item in one.items:
            if item.why != "trial" and item.start_on <= on and (item.end_on is None or item.end_on > on):
                book[one.account] += _monthly(item)
    return book


def _monthly(item: Item) -> float:
    return item.net_minor / MONTHS[item.interval]
