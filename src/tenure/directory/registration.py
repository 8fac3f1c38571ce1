"""What the directory tells the rest of Tenure about itself, once, when it starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenure.directory import records
from tenure.directory.followers import register_own_followers
from tenure.directory.lists import ACCOUNTS, PEOPLE, TASKS
from tenure.directory.own_notices import register_own_notices
from tenure.directory.own_panels import register_own_panels
from tenure.directory.own_timeline import register_own_timeline
from tenure.directory.receivers import register_receivers
from tenure.directory.subject_ties import PERMISSION
from tenure.directory.who_is_who import register_who_is_who
from tenure.workspace.lists import register_list
from tenure.workspace.navigation import NavigationItem, register_navigation
from tenure.workspace.records import register_record


def register_room() -> None:
    """Records, lists, projections, the timeline's kinds, panels, navigation."""
    for record in (records.ACCOUNT, records.PERSON, records.NOTE, records.ACTIVITY, records.TASK, records.ACCOUNT_FILE):
        register_record(record)
    for spec in (ACCOUNTS, PEOPLE, TASKS):
        register_list(spec)
    register_receivers()
    register_who_is_who()
    register_own_followers()
    register_own_timeline()
    register_own_panels()
    register_own_notices()
    register_navigation(
        NavigationItem(_("My day"), "sun", "directory:my_day", "directory.view", "", 0, on_phone=True),
        NavigationItem(_("Accounts"), "building", "directory:accounts", "directory.view", "customers", 10, on_phone=True),
        NavigationItem(_("People"), "users", "directory:people", "directory.view", "customers", 20),
        NavigationItem(_("Tasks"), "checkbox", "directory:tasks", "directory.view", "customers", 25),
        NavigationItem(_("Duplicates"), "copy", "directory:duplicates", "directory.merge_accounts", "data", 40),
        NavigationItem(_("Events waiting"), "user-question", "directory:waiting_events", PERMISSION, "product", 15),
        NavigationItem(_("Segments"), "layout-list", "directory:segments", "directory.view", "customers", 30),
    )
