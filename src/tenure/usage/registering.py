"""What the room tells the mechanisms below it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenure.usage.milestone_readers import register_readers
from tenure.usage.own_notices import register_own_notices
from tenure.usage.own_panels import register_own_panels
from tenure.usage.receivers import register_receivers
from tenure.workspace.navigation import NavigationItem, register_navigation
from tenure.workspace.settings_pages import register_settings_page


def register_room() -> None:
    """Notices, readers, receivers, the account's panel, navigation, the settings page of milestones."""
    register_own_notices()
    register_readers()
    register_receivers()
    register_own_panels()
    register_navigation(
        NavigationItem(_("Meters"), "gauge", "usage:meters", "usage.view", "product", 20),
        NavigationItem(_("Features"), "stack-2", "usage:features", "usage.view", "product", 21),
        NavigationItem(_("Quotas"), "chart-pie", "usage:quotas", "usage.view", "product", 22),
    )
    register_settings_page("usage:milestones", _("Milestones"), "usage.set_milestones")
