"""The owner hands the workspace over to another member, and stays as one of its administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.domain.grants import Holder
from tenure.workspace.enums import GranteeKind, MemberState
from tenure.workspace.errors import MemberNotActive, PermissionMissing
from tenure.workspace.events_of_rights import WorkspaceHandedOver
from tenure.workspace.granting import caller_of, lock_rights, note, note_created
from tenure.workspace.models import Grant
from tenure.workspace.queries.members import get_member

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context


@action("workspace.hand_over_workspace")
def hand_over_workspace(ctx: Context, member_id: UUID) -> Grant:
    """Make an active member the holder of the workspace's root grant; the caller, who held it, gets the same rights from them.

    Everything the caller has handed on stays as it is. Raises NotFound, MemberNotActive, PermissionMissing where the caller is not
    the owner. Not idempotent: the second call comes from somebody who is not the owner any more.
    """
    lock_rights(ctx)
    member = get_member(member_id, lock=True)
    if member.state != MemberState.ACTIVE:
        raise MemberNotActive(name=member.name, state=member.get_state_display())
    owner = caller_of(ctx)
    root = Grant.objects.filter(parent__isnull=True, revoked_at__isnull=True, grantee_id=ctx.actor.id).select_for_update().first()
    if root is None or owner is None or owner.kind != GranteeKind.MEMBER or owner == Holder(GranteeKind.MEMBER, member.pk):
        raise PermissionMissing(permission="workspace.hand_over_workspace")

    root.grantee_id = member.pk
    root.save(update_fields=["grantee_id"])
    note(ctx, [{"change": "handed_over", "id": str(root.pk), "grantee_id": str(member.pk)}])
    _keep_as_administrator(ctx, root, owner)

    ctx.audit(member, former=str(owner.id))
    ctx.emit(WorkspaceHandedOver(member.pk, None, None))
    return root


def _keep_as_administrator(ctx: Context, root: Grant, owner: Holder) -> None:
    kept = Grant.objects.create(
        workspace_id=ctx.workspace.pk,
        parent=root,
        grantor_id=root.grantee_id,
        grantee_kind=owner.kind,
        grantee_id=owner.id,
        role_id=root.role_id,
        permissions=root.permissions,
        may_delegate=root.may_delegate - 1,
        created_at=ctx.now(),
    )
    note_created(ctx, kept)
