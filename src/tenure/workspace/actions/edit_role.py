"""A role gives other permissions than before: the grants made from it are cut anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.domain.grants import Place, gives
from tenure.workspace.domain.permissions import uncovered
from tenure.workspace.domain.recutting import RoleCut, recut
from tenure.workspace.domain.roles import OWNER
from tenure.workspace.enums import Excess
from tenure.workspace.errors import GrantNotNarrower, RoleBuiltIn, RoleNameTaken
from tenure.workspace.events_of_rights import RoleEdited
from tenure.workspace.granting import caller_of, grants_of, guard_known, lock_rights, write_permissions
from tenure.workspace.models import Role
from tenure.workspace.queries.grants import find_permissions, get_role, list_below, list_grant_ids_of_role

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context
    from tenure.workspace.domain.grants import HeldGrant


@action("workspace.edit_role")
def edit_role(ctx: Context, role_id: UUID, *, name: str, permissions: Sequence[str], description: str = "") -> Role:
    """Set the role's name, words and permissions. Grants made from it follow, each only as far as the grant it comes from gives.

    What the role gains, the caller must be able to hand on themselves: everywhere, and without an end. Grants of the caller and of
    those above them gain nothing (no self-help). What the role loses, its grants lose, and so do the grants below them.
    Raises NotFound, RoleBuiltIn (the owner's role; another's name), RoleNameTaken, PermissionUnknown, GrantNotNarrower,
    PermissionMissing (a role is everybody's: the permission must be held over the whole workspace).
    Idempotent: the same words and permissions change nothing more. Rule: spec/grants.md point 6.
    """
    ctx.require_everywhere("workspace.edit_role")
    lock_rights(ctx)
    role = get_role(role_id, lock=True)
    if role.is_builtin and (role.name == OWNER.name or name != role.name):
        raise RoleBuiltIn(name=role.name)
    if name != role.name and Role.objects.filter(name=name).exists():
        raise RoleNameTaken(name=name)
    guard_known(uncovered(permissions, role.permissions))
    held = grants_of(ctx)
    _guard_gain(uncovered(permissions, role.permissions), held)

    rows = list_below(list_grant_ids_of_role(role))
    outer = find_permissions([row.parent_id for row in rows if row.parent_id])
    above = frozenset(holder for grant in held for holder in grant.chain) if caller_of(ctx) else frozenset()
    changed = recut(rows, outer, RoleCut(role.pk, tuple(permissions), above))

    role.name, role.description, role.permissions = name, description, list(permissions)
    role.save(update_fields=["name", "description", "permissions"])
    write_permissions(ctx, changed)
    ctx.audit(role, permissions=list(permissions), cut=len(changed))
    ctx.emit(RoleEdited(role.pk, None, None))
    return role


def _guard_gain(gained: Sequence[str], held: Sequence[HeldGrant]) -> None:
    """Raise GrantNotNarrower where the caller could not hand on `gained` themselves, everywhere and without an end."""
    lasting = [grant for grant in held if grant.terms.expires_at is None and grant.terms.may_delegate > 0]
    beyond = [pattern for pattern in gained if not any(gives(grant, pattern, Place(), ()) for grant in lasting)]
    if beyond:
        raise GrantNotNarrower({Excess.PERMISSIONS: beyond})
