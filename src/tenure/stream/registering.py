"""What the room tells the mechanisms below it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenure.stream.governing import register_governance
from tenure.workspace.navigation import NavigationItem, register_navigation


def register_room() -> None:
    """Readers, lists, navigation, settings pages, daily steps."""
    register_navigation(
        NavigationItem(_("Live events"), "activity", "stream:live_events", "stream.view", "product", 1),
        NavigationItem(_("Sources"), "plug-connected", "stream:sources", "stream.view", "product", 10),
    )
    register_governance()
