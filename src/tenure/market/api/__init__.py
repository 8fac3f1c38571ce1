"""Operations of the market room, one file a subject."""

from ninja import Router

from tenure.market.api import channel_costs, channels, leads, other_costs

routers: list[Router] = [channels.router, channel_costs.router, other_costs.router, leads.router]
