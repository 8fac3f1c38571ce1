"""The lists of the market room: columns, filters, sorts and search, for pages, API and exports alike. One file a list."""

from tenure.market.lists.channels import CHANNELS, channel_choices
from tenure.market.lists.costs import CHANNEL_COSTS, OTHER_COSTS
from tenure.market.lists.leads import LEADS

__all__ = ["CHANNELS", "CHANNEL_COSTS", "LEADS", "OTHER_COSTS", "channel_choices"]
