"""A right is taken back, and with it all that was handed on from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.domain.grants import Holder
from tenure.workspace.granting import cut_off, guard_not_above, guard_reach_to, lock_rights
from tenure.workspace.models import Grant
from tenure.workspace.queries.grants import get_grant, place_of

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context


@action("workspace.revoke_grant")
def revoke_grant(ctx: Context, grant_id: UUID, *, reason: str = "") -> Grant:
    """Revoke the grant and every grant below it, for good. preview_revocation says beforehand what that takes.

    The caller holds the permission wherever the grant reaches, and takes nothing from themselves or from somebody above them.
    Raises NotFound (also where it is revoked already), PermissionMissing, GrantAboveYours. Rule: spec/grants.md point 4.
    """
    lock_rights(ctx)
    grant = get_grant(grant_id, lock=True)
    held = guard_reach_to(ctx, "workspace.revoke_grant", [place_of(grant)])
    guard_not_above(ctx, Holder(grant.grantee_kind, grant.grantee_id), held)

    ended = cut_off(ctx, [grant.pk])

    ctx.audit(grant, reason=reason, ended=ended)
    return grant.refreshed()
