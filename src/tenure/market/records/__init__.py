"""The record types of the market room: what imports, forms, API, bulk work and undo know about them. One file a record."""

from tenure.market.records.channel import CHANNEL
from tenure.market.records.channel_cost import CHANNEL_COST
from tenure.market.records.lead import LEAD
from tenure.market.records.other_cost import OTHER_COST

__all__ = ["CHANNEL", "CHANNEL_COST", "LEAD", "OTHER_COST"]
