"""Known results of the public pipeline: 85 accounts, 7 products, 35 agents, 8,800 deals."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tenure.directory.models import Account
from tenure.directory.queries.turns import counting_entries
from tenure.kernel.rounding import round_half_up
from tenure.sales.lists import OPPORTUNITIES
from tenure.sales.models import Opportunity, OpportunityStep, SalesAgent
from tenure.sales.queries.pipeline import all_deals, deals_by
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.imports.preview import preview_run
from tenure.workspace.lists import ListState
from tenure.workspace.lists.fetch import matching
from tenure.workspace.models import ChangeSet
from tenure.workspace.scope import enter
from tenure.workspace.undo import carry_out_undo
from tests.public_imports import counts, drafted, imported, mapping
from tests.world import open_company

pytestmark = [pytest.mark.public_data, pytest.mark.timeout(600)]

FILES = (
    ("maven_crm/sales_pipeline.csv", "maven_opportunities"),
    ("maven_crm/accounts.csv", "maven_accounts"),
    ("maven_crm/products.csv", "maven_products"),
    ("maven_crm/sales_teams.csv", "maven_agents"),
)
US_DATES = "maven_crm/us_date_variant/sales_pipeline_us_dates.csv"


@pytest.fixture(scope="module")
def loaded(module_database):
    """The company with all four files in it, imported in one run, those that refer to others first."""
    company = open_company("Maven")
    change_set = imported(company.owner.ctx, *((name, mapping(plan)) for name, plan in FILES))
    assert counts(change_set) == {"created": 85 + 7 + 35 + 8800}
    return company


@pytest.fixture
def maven(loaded, own_writes):
    """The same company for every test."""
    return loaded


def test_maven_deals_are_the_known_results(maven):
    ctx = maven.owner.ctx

    with enter(ctx.scope):
        deals = all_deals(ctx)
        stages = {group.label: group.open for group in deals_by(ctx, "stage") if group.open}

    assert (deals.won, deals.lost, deals.open) == (4238, 2473, 2089)
    assert stages == {"Engaging": 1589, "Prospecting": 500}
    assert deals.amounts["won", "USD"] == 10_005_534_00
    assert round_half_up(deals.rate.of_closed * 100, 2) == Decimal("63.15")
    assert round_half_up(deals.rate.of_all * 100, 2) == Decimal("48.16")
    assert (round(deals.won_days.mean, 2), round(deals.lost_days.mean, 2)) == (51.78, 41.48)


def test_maven_deals_by_team_are_the_known_results(maven):
    ctx = maven.owner.ctx

    with enter(ctx.scope):
        won = {group.label: group.won for group in deals_by(ctx, "team")}
        by_seller = sum(group.won for group in deals_by(ctx, "seller"))

    assert won == {"Central": 1629, "East": 1171, "West": 1438}
    assert by_seller == 4238


def test_maven_product_written_differently_is_the_one_on_the_list(maven):
    ctx = maven.owner.ctx

    with enter(ctx.scope):
        deals = {group.label: group.won + group.lost + group.open for group in deals_by(ctx, "product")}

    assert deals == {
        "GTX Basic": 1866, "MG Special": 1651, "GTX Pro": 1480, "MG Advanced": 1412, "GTX Plus Basic": 1383, "GTX Plus Pro": 968, "GTK 500": 40,
    }  # fmt: skip


def test_maven_preview_offers_the_product_that_is_meant(own_writes, module_database):
    ctx = open_company("Another").owner.ctx
    imported(ctx, *((name, mapping(plan)) for name, plan in FILES[1:]))
    plan = mapping("maven_opportunities")
    columns = {**plan.columns, "product": replace(plan.columns["product"], corrections={})}

    preview = preview_run(ctx, drafted(ctx, (FILES[0][0], replace(plan, columns=columns))))

    (problem,) = [one for one in preview["files"][0]["problems"] if one["column"] == "product"]
    assert (problem["rows"], preview["failed"]) == (1480, 1480)
    assert [(one["value"], one["meant"]) for one in problem["corrections"]] == [("GTXPro", "GTX Pro")]


@pytest.mark.parametrize(("odd", "count"), [("no_account", 1425), ("not_engaged", 500)])
def test_maven_open_deals_that_lack_something_are_kept_and_found(maven, odd, count):
    ctx = maven.owner.ctx

    with enter(ctx.scope):
        state = ListState.read(ctx, OPPORTUNITIES, {"odd": odd, "outcome": "open"})
        assert matching(ctx, OPPORTUNITIES, state).count() == count


def test_maven_history_and_ledger_say_when(maven):
    ctx = maven.owner.ctx

    with enter(ctx.scope):
        deal = Opportunity.objects.get(external_id="1C1I7A6R")
        step = OpportunityStep.objects.get(opportunity=deal)
        entries = list(counting_entries().filter(turn_id=deal.turn_id).order_by("entered_at").values_list("stage", "entered_at"))
        by_stage = {stage: counting_entries().filter(stage=stage).count() for stage in ("opportunity", "won", "lost")}

    engaged, closed = datetime(2016, 10, 20, tzinfo=UTC), datetime(2017, 3, 1, tzinfo=UTC)
    assert (step.outcome, step.entered_at) == ("won", closed)
    assert entries == [("opportunity", engaged), ("won", closed)]
    assert by_stage == {"opportunity": 8800, "won": 4238, "lost": 2473}


def test_maven_accounts_are_mended_and_stand_in_their_tree(maven):
    with enter(maven.owner.ctx.scope):
        industries = set(Account.objects.values_list("industry", flat=True))
        below = Account.objects.exclude(parent=None).count()
        customers = Account.objects.filter(stage="won").count()
        agents = SalesAgent.objects.count()

    assert industries == {
        "technology",
        "medical",
        "retail",
        "software",
        "entertainment",
        "marketing",
        "telecommunications",
        "finance",
        "employment",
        "services",
    }
    assert (below, customers, agents) == (15, 85, 35)


def test_maven_with_dates_the_other_way_round_is_the_same(maven):
    again = imported(maven.owner.ctx, (US_DATES, mapping("maven_opportunities")))

    assert counts(again) == {"unchanged": 8800}


def test_maven_undone_leaves_nothing(maven):
    ctx = maven.owner.ctx
    with enter(ctx.scope):
        change_set = ChangeSet.objects.get()

    undo_change_set(ctx, change_set.pk)
    carry_out_undo(ctx, change_set.pk)

    with enter(ctx.scope):
        undone = ChangeSet.objects.get(pk=change_set.pk)
        assert (undone.undone, undone.kept) == (8927, 0)
        assert (Opportunity.objects.count(), Account.objects.count(), counting_entries().count()) == (0, 0, 0)
