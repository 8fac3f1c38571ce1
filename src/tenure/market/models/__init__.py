"""Tables of the market room."""

from tenure.market.models.channel import Channel, ChannelDay
from tenure.market.models.cost import OtherCost
from tenure.market.models.custom import (
    ChannelDaySlots,
    ChannelSlots,
    LeadSlots,
    OtherCostSlots,
)
from tenure.market.models.lead import Lead

__all__ = [
    "Channel",
    "ChannelDay",
    "ChannelDaySlots",
    "ChannelSlots",
    "Lead",
    "LeadSlots",
    "OtherCost",
    "OtherCostSlots",
]
