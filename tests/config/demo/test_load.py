"""The demo company through the product's own imports, and what the rooms then say about it."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from tenure.billing.queries.revenue import mrr_at
from tenure.config.demo.generate import generate
from tenure.config.demo.load import find_founder, load_demo
from tenure.config.demo.order import Order
from tenure.config.demo.rows import Company
from tenure.directory.enums import Stage
from tenure.directory.models import Account, Activity, Note, Person, Segment, StageEntry, Task
from tenure.directory.models.turn import COUNTING
from tenure.kernel import clock
from tenure.kernel.rounding import as_fraction, half_up_integer
from tenure.market.models import Channel, ChannelDay, Lead, OtherCost
from tenure.sales.models import Opportunity, OpportunityStep
from tenure.workspace.models import ChangeSet, Member
from tenure.workspace.queries.contexts import member_context
from tenure.workspace.queries.entry import list_memberships
from tenure.workspace.scope import enter

MICROS = 1_000_000


def ordered(language: str, size: int) -> Order:
    return Order(3, size, language, clock.now().date())


def context():
    founder = find_founder()
    assert founder is not None
    place = list_memberships(founder.pk)[0]
    return member_context(place.workspace_id, place.member_id)


@pytest.mark.parametrize(("language", "segment"), [("en", "Small"), ("zh-hans", "小型企业"), ("es", "Pequeña empresa")])
def test_load_demo_brings_in_every_row(db, language, segment):
    order = ordered(language, 24)
    company = generate(order)

    load_demo(order, lambda _line: None)

    with enter(context().scope):
        counts = {
            model: model.objects.count()
            for model in (Account, Person, Note, Activity, Task, Lead, Channel, ChannelDay, OtherCost, Opportunity)
        }
        assert counts == {
            Account: len(company.accounts),
            Person: len(company.people),
            Note: len(company.notes),
            Activity: len(company.activities),
            Task: len(company.tasks),
            Lead: len(company.leads),
            Channel: 8,
            ChannelDay: len(company.channel_months),
            OtherCost: len(company.other_costs),
            Opportunity: len(company.opportunities),
        }
        assert set(ChangeSet.objects.values_list("state", "failed", "skipped")) == {("done", 0, 0)}
        assert Segment.objects.first().name == segment
        assert list(Member.objects.values_list("state", flat=True).distinct()) == ["active"]


def test_load_demo_keeps_the_dates_of_the_story(db):
    order = ordered("en", 40)
    company = generate(order)

    load_demo(order, lambda _line: None)

    with enter(context().scope):
        steps = set(OpportunityStep.objects.values_list("opportunity__external_id", "entered_at"))
        assert steps == {(step.opportunity, step.entered_at) for step in company.stage_steps}
        leads = StageEntry.objects.filter(COUNTING, stage=Stage.LEAD).values_list("entered_at", flat=True)
        assert sorted(leads) == sorted(lead.first_contact_at for lead in company.leads)
        assert StageEntry.objects.filter(COUNTING, entered_at__gt=clock.now()).count() == 0
        assert StageEntry.objects.filter(COUNTING, stage=Stage.ADOPTING).count() > 0


def test_load_demo_is_worth_what_its_rows_say(db):
    order = ordered("en", 40)
    company = generate(order)

    load_demo(order, lambda _line: None)

    ctx = context()
    with enter(ctx.scope):
        level = mrr_at(ctx, datetime.combine(order.today, time(), ctx.tz)).paying
    assert half_up_integer(as_fraction(level.micros["EUR"]) / MICROS) == half_up_integer(as_fraction(_mrr(company, order)))


def test_load_demo_a_second_time_changes_nothing(db):
    founder = load_demo(ordered("en", 12), lambda _line: None)
    told: list[str] = []

    again = load_demo(ordered("en", 12), told.append)

    assert (again, told) == (founder, [])


def test_load_demo_goes_on_where_it_was_interrupted(db):
    order = ordered("en", 12)

    def stop(line: str) -> None:
        if line.startswith("Channels"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_demo(order, stop)
    told: list[str] = []
    load_demo(order, told.append)

    assert [line.partition(":")[0] for line in told] == ["Deals", "Subscriptions", "Notes, calls and tasks"]
    with enter(context().scope):
        assert Account.objects.count() == len(generate(order).accounts)


def _mrr(company: Company, order: Order):
    """In cents, exactly, by hand: what runs today and is no trial."""
    running = [
        item
        for item in company.items
        if item.why != "trial" and item.start_on <= order.today and (item.end_on is None or item.end_on > order.today)
    ]
    return sum(as_fraction(item.net_minor) / (12 if item.interval == "year" else 1) for item in running)
