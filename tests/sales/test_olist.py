"""Known results of the public marketing funnel: 8,000 leads, 842 deals. Figures: counted from the files by an independent script."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db.models import F

from tenure.directory.queries.turns import counting_entries
from tenure.market.models import Channel, Lead
from tenure.market.queries.funnel import lead_to_won, leads_by
from tenure.sales.lists import OPPORTUNITIES
from tenure.sales.models import Opportunity
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.lists import ListState, capped_count
from tenure.workspace.models import ChangeSet, ImportFile
from tenure.workspace.scope import enter
from tenure.workspace.undo import carry_out_undo
from tests.public_imports import counts, imported, mapping
from tests.world import open_company

pytestmark = [pytest.mark.public_data, pytest.mark.timeout(600)]

LEADS = "olist_b2b_funnel/olist_marketing_qualified_leads_dataset.csv"
DEALS = "olist_b2b_funnel/olist_marketing_closed_deals_dataset.csv"
FEWER_LEADS = "olist_b2b_funnel/trimmed_380/olist_marketing_qualified_leads_dataset.csv"
FEWER_DEALS = "olist_b2b_funnel/trimmed_380/olist_closed_deals_dataset.csv"


@pytest.fixture(scope="module")
def loaded(module_database):
    """The company with both files in it, imported in one run, the deals given first."""
    company = open_company("Olist")
    change_set = imported(company.owner.ctx, (DEALS, mapping("olist_deals")), (LEADS, mapping("olist_leads")))
    assert counts(change_set) == {"created": 8842}
    return company


@pytest.fixture
def olist(loaded, own_writes):
    """The same company for every test."""
    return loaded


def test_olist_leads_by_channel_are_the_known_results(olist):
    ctx = olist.owner.ctx

    with enter(ctx.scope):
        groups = {group.label: (group.won, group.leads) for group in leads_by(ctx, "channel")}
        everybody = leads_by(ctx, "all")[0]

    assert (everybody.won, everybody.leads, round(100 * everybody.won_share, 3)) == (842, 8000, 10.525)
    assert groups == {
        "Organic Search": (271, 2296),
        "Paid Search": (195, 1586),
        "Social": (75, 1350),
        "Unknown": (179, 1099),
        "Direct Traffic": (70, 559),
        "Email": (15, 493),
        "Referral": (24, 284),
        "Other": (4, 150),
        "Display": (6, 118),
        "Other Publicities": (3, 65),
    }


def test_olist_days_from_first_contact_to_won_are_the_known_results(olist):
    ctx = olist.owner.ctx

    with enter(ctx.scope):
        days = lead_to_won(ctx)

    assert (days.count, round(days.mean, 2), round(days.median, 2)) == (842, 49.10, 14.65)


def test_olist_dates_in_the_files_own_form_are_read_whole(olist):
    with enter(olist.owner.ctx.scope):
        deal = Opportunity.objects.select_related("lead").get(external_id="2c43fb513632d29b3b58df74816f1b06")

    assert deal.closed_at == datetime(2018, 2, 26, 19, 58, tzinfo=UTC)
    assert deal.lead.external_id == "5420aad7fec3549a85876ba1c529bd84"


def test_olist_deal_won_before_first_contact_is_kept_and_shown_as_odd(olist):
    ctx = olist.owner.ctx

    with enter(ctx.scope):
        state = ListState.read(ctx, OPPORTUNITIES, {"odd": "won_before_first_contact"})
        found = capped_count(ctx, OPPORTUNITIES, state)
        deal = Opportunity.objects.select_related("lead").get(lead__external_id="b91cf8812365f50ff4bda4bcd6206b05")

    assert found == 1
    assert (deal.closed_before_first_contact, deal.outcome) == (True, "won")


def test_olist_chain_from_lead_to_won_is_one_turn_each(olist):
    ctx = olist.owner.ctx

    with enter(ctx.scope):
        stages = {
            stage: counting_entries().filter(stage=stage).count() for stage in ("lead", "qualified", "opportunity", "won", "lost")
        }
        apart = Opportunity.objects.exclude(turn__lead_id=F("lead_id")).count()
        converted = Lead.objects.filter(status="converted").count()

    assert stages == {"lead": 8000, "qualified": 8000, "opportunity": 842, "won": 842, "lost": 0}
    assert (apart, converted) == (0, 842)


def test_olist_fewer_deals_after_all_change_nothing(olist):
    again = imported(olist.owner.ctx, (FEWER_DEALS, mapping("olist_trimmed_deals")))

    assert counts(again) == {"unchanged": 380}
    with enter(olist.owner.ctx.scope):
        assert Opportunity.objects.count() == 842


def test_olist_leads_in_another_spelling_meet_the_same_channels(olist):
    ctx = olist.owner.ctx

    again = imported(ctx, (FEWER_LEADS, mapping("olist_trimmed_leads")))

    assert counts(again) == {"unchanged": 8000}
    with enter(ctx.scope):
        assert Channel.objects.count() == 10


def test_olist_leads_again_leave_what_became_of_them(olist):
    again = imported(olist.owner.ctx, (LEADS, mapping("olist_leads")))

    assert counts(again) == {"unchanged": 8000}
    with enter(olist.owner.ctx.scope):
        assert Lead.objects.filter(status="converted").count() == 842


def test_olist_stock_spoilt_by_a_spreadsheet_is_read_as_words(olist):
    with enter(olist.owner.ctx.scope):
        columns = ImportFile.objects.get(record="opportunity").profile["columns"]

    stock = next(column for column in columns if column["name"] == "average_stock")
    assert stock["candidates"][0]["decision"]["kind"] in {"text", "choice"}
    assert {value for value, _ in stock["frequent"]} >= {"20.máj", "05.jan", "200+"}


def test_olist_undone_leaves_nothing(olist):
    ctx = olist.owner.ctx
    with enter(ctx.scope):
        change_set = ChangeSet.objects.get()

    undo_change_set(ctx, change_set.pk)
    carry_out_undo(ctx, change_set.pk)

    with enter(ctx.scope):
        undone = ChangeSet.objects.get(pk=change_set.pk)
        assert (undone.undone, undone.kept) == (8000 + 842 + 10 + 22, 0)
        assert (Lead.objects.count(), Opportunity.objects.count(), counting_entries().count()) == (0, 0, 0)
