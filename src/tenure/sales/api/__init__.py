"""Operations of the sales room, one file a subject."""

from ninja import Router

from tenure.sales.api import agents, opportunities, pipeline_stages, products

routers: list[Router] = [opportunities.router, pipeline_stages.router, agents.router, products.router]
