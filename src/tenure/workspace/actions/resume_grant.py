"""A grant that a move in the account tree had suspended holds again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.domain.grants import Holder, excesses
from tenure.workspace.errors import GrantNotNarrower, GrantNotSuspended
from tenure.workspace.events_of_rights import GrantResumed
from tenure.workspace.granting import guard_not_above, guard_reach_to, lock_rights, note
from tenure.workspace.models import Grant
from tenure.workspace.queries.grants import get_grant, list_paths, place_of, terms_of

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context


@action("workspace.resume_grant")
def resume_grant(ctx: Context, grant_id: UUID) -> Grant:
    """Lift the suspension, where the grant is once more within the one it comes from.

    Raises NotFound, GrantNotSuspended, PermissionMissing, GrantAboveYours, GrantNotNarrower. Rule: spec/grants.md point 5.
    """
    lock_rights(ctx)
    grant = get_grant(grant_id, lock=True)
    held = guard_reach_to(ctx, "workspace.grant_rights", [place_of(grant)])
    guard_not_above(ctx, Holder(grant.grantee_kind, grant.grantee_id), held)
    if grant.suspended_at is None:
        raise GrantNotSuspended
    if grant.parent_id is not None:
        parent = get_grant(grant.parent_id)
        if excess := excesses(terms_of(grant), terms_of(parent), list_paths([grant.scope_account_id, parent.scope_account_id])):
            raise GrantNotNarrower(excess)

    grant.suspended_at = None
    grant.save(update_fields=["suspended_at"])

    note(ctx, [{"change": "resumed", "id": str(grant.pk)}])
    ctx.emit(GrantResumed(grant.pk, grant.scope_account_id, None))
    return grant
