"""The known results of the public data sets (spec of data), as pages and API show them after an import through the product."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal

import pytest
from django.test import Client

from tests.billing.ravenstack import load
from tests.public_imports import imported, mapping
from tests.sales.conftest import module_database, own_writes  # noqa: F401 - fixtures
from tests.world import open_company

pytestmark = [pytest.mark.public_data, pytest.mark.timeout(600)]
MAVEN = (
    ("maven_crm/sales_pipeline.csv", "maven_opportunities"),
    ("maven_crm/accounts.csv", "maven_accounts"),
    ("maven_crm/products.csv", "maven_products"),
    ("maven_crm/sales_teams.csv", "maven_agents"),
)
OLIST = (
    ("olist_b2b_funnel/olist_marketing_closed_deals_dataset.csv", "olist_deals"),
    ("olist_b2b_funnel/olist_marketing_qualified_leads_dataset.csv", "olist_leads"),
)
WON_OF_LEADS = {
    "Paid Search": (195, 1586),
    "Organic Search": (271, 2296),
    "Social": (75, 1350),
    "Email": (15, 493),
    "Display": (6, 118),
    "Direct Traffic": (70, 559),
}


def source(company, path: str) -> str:
    """A page's HTML, for a browser signed in anew: sessions are taken back after every test."""
    client = Client()
    client.force_login(company.owner.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/{company.workspace.slug}/{path}")
    assert page.status_code == 200
    return page.content.decode()


def words(company, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", source(company, path)))


@pytest.fixture(scope="module")
def maven(module_database):
    company = open_company("Maven", currency="USD")
    imported(company.owner.ctx, *((name, mapping(plan)) for name, plan in MAVEN))
    return company


def test_pipeline_of_maven_shows_win_rates_cycle_and_amount(maven, own_writes):
    page = words(maven, "pipeline/?by=team")
    found = maven.api_key("*").get("/api/v1/metrics/pipeline?by=team").json()

    assert "63.15%" in page
    assert "48.16%" in page
    assert "51.78" in page
    assert "41.48" in page
    assert (found["everyone"]["won"], found["everyone"]["lost"], found["everyone"]["open"]) == (4238, 2473, 1589 + 500)
    assert found["everyone"]["amount_won"]["amount"] == "10005534.00"
    assert {group["name"]: group["won"] for group in found["groups"]} == {"Central": 1629, "East": 1171, "West": 1438}


@pytest.fixture(scope="module")
def olist(module_database):
    company = open_company("Olist")
    imported(company.owner.ctx, *((name, mapping(plan)) for name, plan in OLIST))
    return company


def test_channels_of_olist_show_leads_won_and_days(olist, own_writes):
    page = words(olist, "return-on-channels/")
    found = olist.api_key("*").get("/api/v1/metrics/channels").json()

    assert "10.525% 842 of 8,000 leads" in page
    assert "14.65 d mean 49.10 d" in page
    assert "12.30% 195/1,586" in page
    assert (found["everyone"]["won"], found["everyone"]["leads"], found["everyone"]["lead_to_won"]) == (842, 8000, "0.10525")
    assert (round(found["lead_to_won_days"]["mean"], 2), round(found["lead_to_won_days"]["median"], 2)) == (49.10, 14.65)
    by_name = {channel["name"]: (channel["won"], channel["leads"]) for channel in found["channels"]}
    assert {name: by_name[name] for name in WON_OF_LEADS} == WON_OF_LEADS


def test_bow_tie_of_olist_shows_leads_and_won_of_all_time(olist, own_writes):
    page = source(olist, "bow-tie/")
    found = olist.api_key("*").get("/api/v1/metrics/bow-tie").json()

    stages = {stage["stage"]: stage["turns"] for stage in found["stages"]}
    assert (stages["lead"], stages["won"]) == (8000, 842)
    assert 'aria-label="Leads: 8,000"' in page
    assert 'aria-label="Won: 842"' in page


@pytest.fixture(scope="module")
def ravenstack(module_database):
    company = open_company("Ravenstack")
    load(company)
    return company


@pytest.mark.parametrize(
    ("day", "mrr", "running", "paying"),
    [
        ("2023-12-31", "1262113.00", (648, 190), (540, 185)),
        ("2024-06-30", "3833405.00", (1742, 337), (1457, 333)),
        ("2024-12-31", "10159608.00", (4514, 500), (3814, 500)),
    ],
)
def test_revenue_of_ravenstack_shows_the_level_of_a_day(ravenstack, own_writes, day, mrr, running, paying):
    page = words(ravenstack, f"revenue/?from=2023-01-01&to={day}")
    found = ravenstack.api_key("*").get(f"/api/v1/metrics/revenue?period=2023-01-01..{day}").json()

    assert (found["on"], found["mrr"]["amount"]) == (day, mrr)
    assert (found["running"]["subscriptions"], found["running"]["accounts"]) == running
    assert (found["paying"]["subscriptions"], found["paying"]["accounts"]) == paying
    assert found["months"][-1]["closing"]["amount"] == mrr
    assert f"from {paying[0]:,} paying subscriptions of {paying[1]} accounts" in page
    assert f"MRR is $ {int(float(mrr)):,}" in page


def test_revenue_of_ravenstack_names_both_counts_of_churn(ravenstack, own_writes):
    assert "600 churns were reported by hand, 486 subscriptions ended" in words(ravenstack, "revenue/?period=all")


def test_waterfall_of_ravenstack_adds_up_month_by_month(ravenstack, own_writes):
    months = ravenstack.api_key("*").get("/api/v1/metrics/revenue?period=all").json()["months"]

    for before, month in itertools.pairwise(months):
        assert month["opening"] == before["closing"]
        moved = sum(Decimal(amount["amount"]) for amount in month["movements"].values())
        assert Decimal(month["closing"]["amount"]) - Decimal(month["opening"]["amount"]) == moved
