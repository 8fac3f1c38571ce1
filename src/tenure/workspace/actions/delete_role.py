"""A role nobody holds any more is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.errors import RoleBuiltIn, RoleInUse
from tenure.workspace.granting import lock_rights, note
from tenure.workspace.models import Grant
from tenure.workspace.queries.grants import get_role, list_grant_ids_of_role

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context


@action("workspace.delete_role")
def delete_role(ctx: Context, role_id: UUID) -> None:
    """Delete the role; revoked grants made from it keep their permissions and lose its name.

    Raises NotFound, RoleBuiltIn, RoleInUse. Idempotent: a role that is gone raises NotFound.
    """
    ctx.require_everywhere("workspace.delete_role")
    lock_rights(ctx)
    role = get_role(role_id, lock=True)
    if role.is_builtin:
        raise RoleBuiltIn(name=role.name)
    if grants := list_grant_ids_of_role(role):
        raise RoleInUse(name=role.name, grants=len(grants))
    Grant.objects.filter(role=role).update(role=None)
    note(ctx, [{"change": "role_deleted", "id": str(role.pk)}])
    ctx.audit(role, name=role.name)
    role.delete()
