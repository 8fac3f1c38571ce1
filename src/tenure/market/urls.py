"""Addresses of the market room, below /<workspace>/."""

from __future__ import annotations

from django.urls import path

from tenure.market.views import channels, costs, leads

app_name = "market"
urlpatterns = [
    path("channels/", channels.channels, name="channels"),
    path("channels/new/", channels.channel_new, name="channel_new"),
    path("channels/<uuid:channel_id>/", channels.channel, name="channel"),
    path("channels/<uuid:channel_id>/edit/", channels.channel_edit, name="channel_edit"),
    path("channels/<uuid:channel_id>/removals/", channels.channel_removals, name="channel_removals"),
    path("channel-costs/", costs.channel_costs, name="channel_costs"),
    path("channel-costs/new/", costs.channel_cost_new, name="channel_cost_new"),
    path("channel-costs/<uuid:channel_cost_id>/", costs.channel_cost, name="channel_cost"),
    path("channel-costs/<uuid:channel_cost_id>/removals/", costs.channel_cost_removals, name="channel_cost_removals"),
    path("other-costs/", costs.other_costs, name="other_costs"),
    path("other-costs/new/", costs.other_cost_new, name="other_cost_new"),
    path("other-costs/<uuid:other_cost_id>/", costs.other_cost, name="other_cost"),
    path("other-costs/<uuid:other_cost_id>/removals/", costs.other_cost_removals, name="other_cost_removals"),
    path("leads/", leads.leads, name="leads"),
    path("leads/new/", leads.lead_new, name="lead_new"),
    path("leads/<uuid:lead_id>/", leads.lead, name="lead"),
    path("leads/<uuid:lead_id>/edit/", leads.lead_edit, name="lead_edit"),
    path("leads/<uuid:lead_id>/peek/", leads.lead_peek, name="lead_peek"),
    path("leads/<uuid:lead_id>/qualifications/", leads.lead_qualifications, name="lead_qualifications"),
    path("leads/<uuid:lead_id>/disqualifications/", leads.lead_disqualifications, name="lead_disqualifications"),
    path("leads/<uuid:lead_id>/removals/", leads.lead_removals, name="lead_removals"),
]
