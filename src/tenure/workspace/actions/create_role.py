"""A role of one's own: a named set of permissions to make grants from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.errors import RoleNameTaken
from tenure.workspace.granting import guard_known
from tenure.workspace.models import Role

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.create_role")
def create_role(ctx: Context, name: str, permissions: Sequence[str], *, description: str = "") -> Role:
    """Write a role. It gives nothing by itself: whoever grants from it must hold what it names.

    Raises RoleNameTaken, PermissionUnknown. Idempotent by name: a second call raises RoleNameTaken.
    """
    ctx.require_everywhere("workspace.create_role")
    guard_known(permissions)
    if Role.objects.filter(name=name).exists():
        raise RoleNameTaken(name=name)
    return Role.objects.create(workspace_id=ctx.workspace.pk, name=name, description=description, permissions=list(permissions))
