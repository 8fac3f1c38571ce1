"""A member gets another role in place of the ones they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.domain.grants import EVERYWHERE, Holder, Place
from tenure.workspace.enums import GranteeKind
from tenure.workspace.granting import GrantOrder, cut_off, guard_may_remove, hand_on, lock_rights
from tenure.workspace.models import Grant
from tenure.workspace.queries.grants import get_role, list_grant_ids_of
from tenure.workspace.queries.members import get_member

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tenure.workspace.context import Context


@action("workspace.change_role")
def change_role(
    ctx: Context,
    member_id: UUID,
    role_id: UUID,
    *,
    place: Place = EVERYWHERE,
    may_delegate: int = 0,
    expires_at: datetime | None = None,
) -> Grant:
    """Grant the role within `place`, then revoke every other grant of the member, with all that was handed on from those.

    find_losses over the member's grants says beforehand what hangs below. Raises NotFound, PermissionMissing, GrantNotNarrower,
    SelfGrant, GrantAboveYours, LastOwner. Idempotent in effect: the member ends with one grant of the role.
    """
    lock_rights(ctx)
    member = get_member(member_id, lock=True)
    role = get_role(role_id)
    holder = Holder(GranteeKind.MEMBER, member.pk)
    guard_may_remove(ctx, "workspace.change_role", member)

    former = list_grant_ids_of(holder)
    order = GrantOrder.of(holder, role, place, may_delegate=may_delegate, expires_at=expires_at)
    grant = hand_on(ctx, "workspace.change_role", order)
    ended = cut_off(ctx, former)

    ctx.audit(member, role=role.name, ended=ended)
    return grant
