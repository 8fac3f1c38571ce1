"""The workspace room: who, where, with what rights; and the mechanisms every room stands on."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class WorkspaceConfig(AppConfig):
    """Room on floor 2."""

    name = "tenure.workspace"
    label = "workspace"
    verbose_name = "Workspace"

    def ready(self) -> None:
        """Have the fences written after every migration; register lists and navigation."""
        from tenure.workspace.daily import register_daily, sweep  # noqa: PLC0415 - models are not loaded before ready()
        from tenure.workspace.fence import fence_after_migrate  # noqa: PLC0415
        from tenure.workspace.lists import register_list  # noqa: PLC0415
        from tenure.workspace.navigation import NavigationItem, register_navigation  # noqa: PLC0415
        from tenure.workspace.own_notices import register_own_notices  # noqa: PLC0415
        from tenure.workspace.work_lists import AUDIT, CHANGE_SETS, MEMBERS  # noqa: PLC0415

        post_migrate.connect(fence_after_migrate, dispatch_uid="tenure.fence")
        for spec in (AUDIT, CHANGE_SETS, MEMBERS):
            register_list(spec)
        register_own_notices()
        register_daily("workspace.sweep", sweep)
        register_navigation(NavigationItem(_("Imports"), "table-import", "workspace:imports", "workspace.run_import", "data", 10))
        register_navigation(NavigationItem(_("Changes"), "history", "workspace:changes", "workspace.view", "data", 80))
        register_navigation(NavigationItem(_("Audit"), "history", "workspace:audit", "workspace.view_audit", "data", 90))
