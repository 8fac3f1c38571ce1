"""Tables of the market room."""

from tenure.market.models.channel import Channel, ChannelDay
from tenure.market.models.cost import OtherCost
from tenure.market.models.custom import LeadSlots
from tenure.market.models.lead import Lead

__all__ = ["Channel", "ChannelDay", "Lead", "LeadSlots", "OtherCost"]
