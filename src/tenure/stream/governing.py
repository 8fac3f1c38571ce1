"""What the governance of events tells the mechanisms below it: the catalogue's reader, the daily step, lists, navigation, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tenure.stream.actions.drop_expired_events import drop_expired_events
from tenure.stream.cataloguing import READER, read_catalogue
from tenure.stream.lists import CORRECTIONS, EVENT_NAMES
from tenure.stream.lists.corrections import WORK_TONES
from tenure.stream.lists.event_names import PLAN_TONES
from tenure.stream.queries.governance import find_governance
from tenure.stream.readers import register_reader
from tenure.workspace.daily import register_daily
from tenure.workspace.lists import register_list
from tenure.workspace.lists.cells import register_tones
from tenure.workspace.navigation import NavigationItem, register_navigation
from tenure.workspace.scope import enter
from tenure.workspace.settings_pages import register_settings_page

if TYPE_CHECKING:
    from datetime import date

    from tenure.workspace.context import Context


def register_governance() -> None:
    """Reader, daily step, lists, navigation and settings pages."""
    register_reader(READER, read_catalogue)
    register_daily("stream.retention", expire_events)
    for spec in (EVENT_NAMES, CORRECTIONS):
        register_list(spec)
    register_tones({**PLAN_TONES, **WORK_TONES})
    register_navigation(
        NavigationItem(_("Catalogue"), "list-details", "stream:event_names", "stream.view", "product", 20),
        NavigationItem(_("Refused calls"), "circle-x", "stream:refusals", "stream.view_refusals", "product", 30),
        NavigationItem(_("Corrections"), "edit", "stream:corrections", "stream.correct_events", "product", 40),
    )
    register_settings_page("stream:event_retention", _("Product events"), "stream.set_retention")


def expire_events(ctx: Context, _since: date, _today: date) -> None:
    """Drop what is older than the workspace keeps, where it keeps events for a number of months."""
    with enter(ctx.scope):
        is_limited = bool(find_governance(ctx).kept_months)
    if is_limited:
        drop_expired_events(ctx)
