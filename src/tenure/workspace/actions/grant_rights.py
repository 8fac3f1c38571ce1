"""Somebody hands on a part of their own rights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.domain.grants import EVERYWHERE, Holder, Place
from tenure.workspace.granting import GrantOrder, get_grantee, hand_on
from tenure.workspace.models import Grant, Role

if TYPE_CHECKING:
    from datetime import datetime

    from tenure.workspace.context import Context


@action("workspace.grant_rights")
def grant_rights(
    ctx: Context,
    grantee: Holder,
    given: Role | Sequence[str],
    *,
    place: Place = EVERYWHERE,
    may_delegate: int = 0,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    reason: str = "",
) -> Grant:
    """Give `grantee` the permissions of a role, or the patterns named, within `place`, out of one of the caller's own live grants.

    may_delegate: over how many further hands it may go. expires_at None: as long as the grant it comes from.
    Raises NotFound (grantee, account), PermissionUnknown, PermissionMissing, GrantNotNarrower (says in what it exceeds), SelfGrant.
    Not idempotent: each call is a grant of its own. Rule: spec/grants.md points 1, 2 and 6.
    """
    get_grantee(grantee)
    order = GrantOrder.of(grantee, given, place, may_delegate=may_delegate, expires_at=expires_at)
    grant = hand_on(ctx, "workspace.grant_rights", replace(order, not_before=not_before, reason=reason))
    ctx.audit(grant)
    return grant
