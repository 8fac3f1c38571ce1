"""The directory room: who the customers are."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """Room on floor 4."""

    name = "tenure.directory"
    label = "directory"
    verbose_name = "Directory"

    def ready(self) -> None:
        """Register records, lists and navigation."""
        from tenure.directory.lists import ACCOUNTS  # noqa: PLC0415 - models are not loaded before ready()
        from tenure.directory.records import ACCOUNT  # noqa: PLC0415
        from tenure.workspace.lists import register_list  # noqa: PLC0415
        from tenure.workspace.navigation import NavigationItem, register_navigation  # noqa: PLC0415
        from tenure.workspace.records import register_record  # noqa: PLC0415

        from tenure.directory.own_panels import register_own_panels  # noqa: PLC0415

        register_own_panels()
        register_record(ACCOUNT)
        register_list(ACCOUNTS)
        register_navigation(
            NavigationItem(_("Accounts"), "building", "directory:accounts", "directory.view", "customers", 10, on_phone=True)
        )
