from __future__ import annotations

import pytest

from tenure.market.actions.create_channel import create_channel
from tenure.market.actions.create_lead import create_lead
from tenure.market.models import Lead
from tenure.sales.actions.create_agent import create_agent
from tenure.sales.actions.create_opportunity import create_opportunity
from tenure.sales.actions.create_product import create_product
from tenure.sales.models import Opportunity
from tenure.workspace.scope import enter

OPPORTUNITIES_QUERIES, LEADS_QUERIES = 29, 25


@pytest.mark.parametrize("count", [1, 3])
def test_opportunities_page_with_rows_asks_a_constant_number_of_queries(acme, django_assert_num_queries, count):
    ctx = acme.owner.ctx
    for number in range(count):
        product, agent = create_product(ctx, {"name": f"Seats {number}"}), create_agent(ctx, {"name": f"Ben {number}"})
        create_opportunity(
            ctx, {"account": acme.account(f"Hollis {number}").pk, "amount": 1200, "product": product.pk, "agent": agent.pk}
        )
    url = f"/{acme.workspace.slug}/opportunities/"
    acme.owner.client.get(url)

    with django_assert_num_queries(OPPORTUNITIES_QUERIES):
        response = acme.owner.client.get(url)

    assert response.status_code == 200
    assert response.content.decode().count("data-row") == count


@pytest.mark.parametrize("count", [1, 3])
def test_leads_page_with_rows_asks_a_constant_number_of_queries(acme, django_assert_num_queries, count):
    ctx = acme.owner.ctx
    for number in range(count):
        create_lead(ctx, {"name": f"Ana {number}", "channel": create_channel(ctx, {"name": f"Fair {number}"}).pk})
    url = f"/{acme.workspace.slug}/leads/"
    acme.owner.client.get(url)

    with django_assert_num_queries(LEADS_QUERIES):
        response = acme.owner.client.get(url)

    assert response.status_code == 200
    assert response.content.decode().count("data-row") == count


def test_lead_form_writes_a_lead_and_its_page_offers_a_deal(acme):
    client, base = acme.owner.client, f"/{acme.workspace.slug}/leads/"

    answer = client.post(
        f"{base}new/", {"name": "Ana Ruiz", "company": "Talleres Ibarra", "first_contact_at": "2026-03-02T09:00"}
    )

    assert answer.status_code == 303
    with enter(acme.owner.ctx.scope):
        lead = Lead.objects.get()
    shown = client.get(f"{base}{lead.pk}/").content.decode()
    assert f"{base}{lead.pk}/opportunities/" in shown
    assert client.post(f"{base}{lead.pk}/qualifications/").status_code == 303
    assert client.post(f"{base}{lead.pk}/disqualifications/", {"reason": ""}).status_code == 422
    assert (
        client.post(
            f"{base}{lead.pk}/opportunities/", {"name": "Hundred seats", "amount": "1200.50", "currency": "EUR"}
        ).status_code
        == 303
    )
    with enter(acme.owner.ctx.scope):
        deal = Opportunity.objects.get()
    assert (deal.amount_minor, deal.lead_id) == (120050, lead.pk)


def test_opportunity_form_keeps_what_it_shows(acme):
    ctx, client = acme.owner.ctx, acme.owner.client
    deal = create_opportunity(ctx, {"name": "Hundred seats", "amount": 120050, "account": acme.account().pk})
    url = f"/{acme.workspace.slug}/opportunities/{deal.pk}/edit/"

    form = client.get(url).context["form"]
    posted = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    answer = client.post(url, {**posted, "competitor": "Brightwater", "version": "1"})

    assert answer.status_code == 303
    with enter(ctx.scope):
        row = Opportunity.objects.get()
    assert (row.amount_minor, row.competitor, row.stage_id, row.version) == (120050, "Brightwater", deal.stage_id, 2)


def test_account_page_shows_its_deals(acme):
    account = acme.account()
    create_opportunity(acme.owner.ctx, {"name": "Hundred seats", "amount": 120000, "account": account.pk})

    shown = acme.owner.client.get(f"/{acme.workspace.slug}/accounts/{account.pk}/?tab=deals").content.decode()

    assert "Hundred seats" in shown


def test_palette_finds_deals_by_their_account(acme):
    create_opportunity(acme.owner.ctx, {"name": "Hundred seats", "account": acme.account("Hollis Logistics").pk})

    shown = acme.owner.client.get(f"/{acme.workspace.slug}/search/?q=holl").content.decode()

    assert "Hundred seats" in shown
