"""What billing tells the rest of Tenure about itself, once, when it starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenure.billing.lists import MOVEMENTS, REPORTED_CHURNS, SUBSCRIPTIONS
from tenure.billing.own_panels import register_own_panels
from tenure.billing.passing_days import settle_passed_days
from tenure.billing.receivers import register_receivers
from tenure.billing.records import ITEM, REPORTED_CHURN, SUBSCRIPTION
from tenure.billing.timeline import register_movements
from tenure.workspace.daily import register_daily
from tenure.workspace.lists import register_list
from tenure.workspace.navigation import NavigationItem, register_navigation
from tenure.workspace.records import register_record


def register_room() -> None:
    """Records, projections, lists, panels, the timeline's kinds, navigation."""
    for record in (SUBSCRIPTION, ITEM, REPORTED_CHURN):
        register_record(record)
    for spec in (SUBSCRIPTIONS, REPORTED_CHURNS, MOVEMENTS):
        register_list(spec)
    register_receivers()
    register_daily("billing.settle_passed_days", settle_passed_days)
    register_movements()
    register_own_panels()
    register_navigation(
        NavigationItem(_("Subscriptions"), "refresh", "billing:subscriptions", "billing.view", "earn", 10),
        NavigationItem(_("MRR movements"), "arrows-exchange", "billing:movements", "billing.view", "earn", 20),
        NavigationItem(_("Reported churn"), "heart-broken", "billing:reported_churn", "billing.view", "earn", 30),
    )
