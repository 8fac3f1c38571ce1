"""What the market room tells the rooms below it when Tenure starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenure.directory.personal import PersonalTable, register_personal
from tenure.market.events import LeadChanged, LeadCreated, LeadDeleted, LeadRestored
from tenure.market.lists import CHANNEL_COSTS, CHANNELS, LEADS, OTHER_COSTS
from tenure.market.lists.leads import LEAD_TONES
from tenure.market.models import Lead
from tenure.market.own_panels import register_own_panels
from tenure.market.receivers import project_leads
from tenure.market.records import CHANNEL, CHANNEL_COST, LEAD, OTHER_COST
from tenure.workspace.lists import register_list
from tenure.workspace.lists.cells import register_tones
from tenure.workspace.navigation import NavigationItem, register_navigation
from tenure.workspace.outbox import register_projection
from tenure.workspace.records import register_record

# What says who a lead was: emptied when the person is erased.
LEAD_PERSONAL = (
    "name",
    "name_sort",
    "name_key",
    "email",
    "email_key",
    "phone",
    "title",
    "external_id",
    "first_click_id",
    "last_click_id",
)


def register_room() -> None:
    """Records, lists, projections, navigation, palette and panels."""
    for record in (CHANNEL, CHANNEL_COST, OTHER_COST, LEAD):
        register_record(record)
    for spec in (CHANNELS, CHANNEL_COSTS, OTHER_COSTS, LEADS):
        register_list(spec)
    register_personal(PersonalTable(Lead, LEAD_PERSONAL, record="lead"))
    register_tones({str(status): tone for status, tone in LEAD_TONES.items()})
    register_projection([LeadCreated, LeadChanged, LeadDeleted, LeadRestored], project_leads)
    register_own_panels()
    register_navigation(
        NavigationItem(_("Channels"), "speakerphone", "market:channels", "market.view", "win", 10),
        NavigationItem(_("Leads"), "target-arrow", "market:leads", "market.view", "win", 20),
        NavigationItem(_("Channel costs"), "cash", "market:channel_costs", "market.update_channel_cost", "data", 50),
        NavigationItem(_("Other costs"), "receipt", "market:other_costs", "market.update_other_cost", "data", 51),
    )
