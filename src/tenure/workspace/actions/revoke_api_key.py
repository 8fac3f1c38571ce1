"""A key to the API stops working, at once and for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.domain.grants import Holder
from tenure.workspace.enums import GranteeKind
from tenure.workspace.errors import ApiKeyRevoked
from tenure.workspace.events_of_rights import ApiKeyRevoked as ApiKeyRevokedEvent
from tenure.workspace.granting import cut_off, guard_not_above, guard_reach_to, lock_rights
from tenure.workspace.queries.grants import list_grant_ids_of, list_places_of
from tenure.workspace.queries.members import get_api_key

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context
    from tenure.workspace.models import ApiKey


@action("workspace.revoke_api_key")
def revoke_api_key(ctx: Context, api_key_id: UUID, *, reason: str = "") -> ApiKey:
    """Revoke the key, its grants, and whatever was granted with it.

    Raises NotFound, ApiKeyRevoked, PermissionMissing, GrantAboveYours. Idempotent: a revoked key stays so and raises ApiKeyRevoked.
    """
    lock_rights(ctx)
    key = get_api_key(api_key_id, lock=True)
    holder = Holder(GranteeKind.API_KEY, key.pk)
    held = guard_reach_to(ctx, "workspace.revoke_api_key", list_places_of(holder))
    guard_not_above(ctx, holder, held)
    if key.revoked_at is not None:
        raise ApiKeyRevoked(name=key.name)

    key.revoked_at = ctx.now()
    key.save(update_fields=["revoked_at"])
    ended = cut_off(ctx, list_grant_ids_of(holder))

    ctx.audit(key, name=key.name, prefix=key.prefix, reason=reason, ended=ended)
    ctx.emit(ApiKeyRevokedEvent(key.pk, None, None))
    return key
