from __future__ import annotations

import pytest

from tenure.market.errors import NameTaken
from tenure.sales.actions.create_agent import create_agent
from tenure.sales.actions.create_opportunity import create_opportunity
from tenure.sales.actions.create_pipeline_stage import create_pipeline_stage
from tenure.sales.actions.create_product import create_product
from tenure.sales.actions.delete_agents import delete_agents
from tenure.sales.actions.delete_pipeline_stages import delete_pipeline_stages
from tenure.sales.actions.delete_products import delete_products
from tenure.sales.actions.update_agent import update_agent
from tenure.sales.actions.update_pipeline_stage import update_pipeline_stage
from tenure.sales.actions.update_product import update_product
from tenure.sales.errors import StageInUse
from tenure.sales.models import PipelineStage, SalesAgent, SalesProduct
from tenure.workspace.scope import enter


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("Closed Won", "won"),
        ("ganado", "won"),
        ("赢单", "won"),
        ("closedlost", "lost"),
        ("Perdido", "lost"),
        ("Contract sent", "open"),
    ],
)
def test_create_pipeline_stage_means_what_its_name_says(acme, name, meaning):
    stage = create_pipeline_stage(acme.owner.ctx, {"name": name})

    assert (stage.meaning, stage.position) == (meaning, 7)


def test_update_pipeline_stage_with_deals_keeps_its_meaning(acme):
    ctx = acme.owner.ctx
    deal = create_opportunity(ctx, {"name": "Hundred seats"})

    assert update_pipeline_stage(ctx, deal.stage_id, {"name": "First talk"}).name == "First talk"
    with pytest.raises(StageInUse):
        update_pipeline_stage(ctx, deal.stage_id, {"meaning": "won"})


def test_delete_pipeline_stages_without_deals_takes_them_away(acme):
    ctx = acme.owner.ctx

    delete_pipeline_stages(ctx, [create_pipeline_stage(ctx, {"name": "Contract sent"}).pk])

    with enter(ctx.scope):
        assert PipelineStage.objects.count() == 6


def test_product_of_a_name_written_differently_is_refused(acme):
    ctx = acme.owner.ctx
    product = create_product(ctx, {"name": "GTX Pro", "list_price": 4821_00})

    with pytest.raises(NameTaken):
        create_product(ctx, {"name": "gtx-pro"})

    assert update_product(ctx, product.pk, {"series": "GTX"}).series == "GTX"
    delete_products(ctx, [product.pk])
    with enter(ctx.scope):
        assert SalesProduct.objects.count() == 0


def test_agent_changes_team_and_goes(acme):
    ctx = acme.owner.ctx
    agent = create_agent(ctx, {"name": "Ben Ode", "team": "East"})

    assert update_agent(ctx, agent.pk, {"team": "West"}).team == "West"
    delete_agents(ctx, [agent.pk])

    with enter(ctx.scope):
        assert SalesAgent.objects.count() == 0
