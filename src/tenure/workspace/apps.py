"""The workspace room: who, where, with what rights; and the mechanisms every room stands on."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WorkspaceConfig(AppConfig):
    """Room on floor 2."""

    name = "tenure.workspace"
    label = "workspace"
    verbose_name = "Workspace"

    def ready(self) -> None:
        """Have the fences written after every migration."""
        from tenure.workspace.fence import fence_after_migrate  # noqa: PLC0415 - models are not loaded before ready()

        post_migrate.connect(fence_after_migrate, dispatch_uid="tenure.fence")
