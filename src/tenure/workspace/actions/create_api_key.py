"""A program gets a key to the API, with a part of its maker's rights."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.domain.grants import EVERYWHERE, Holder, Place
from tenure.workspace.enums import GranteeKind
from tenure.workspace.events_of_rights import ApiKeyCreated
from tenure.workspace.granting import GrantOrder, hand_on
from tenure.workspace.models import ApiKey, Role
from tenure.workspace.queries.entry import digest_of

if TYPE_CHECKING:
    from datetime import datetime

    from tenure.workspace.context import Context

SECRET_BYTES = 32
SECRET_MARK = "tnr_"  # noqa: S105 - the part that everybody may know
SHOWN_CHARACTERS = 12


@action("workspace.create_api_key")
def create_api_key(
    ctx: Context,
    name: str,
    given: Role | Sequence[str],
    *,
    place: Place = EVERYWHERE,
    may_delegate: int = 0,
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Make a key and its grant; returns it with its secret (`tnr_` and 256 random bits), which is stored hashed and never shown again.

    given: a role or permission patterns; place: where it reaches; may_delegate: over how many hands it may hand on, as one that
    invites colleagues must. expires_at None: as long as the maker's own grant.
    Raises PermissionUnknown, PermissionMissing, GrantNotNarrower, NotFound (account). Not idempotent: each call is a key of its own.
    """
    secret = SECRET_MARK + secrets.token_urlsafe(SECRET_BYTES)
    key = ApiKey.objects.create(
        workspace_id=ctx.workspace.pk,
        name=name,
        prefix=secret[:SHOWN_CHARACTERS],
        digest=digest_of(secret),
        created_by_id=ctx.actor.id,
        created_at=ctx.now(),
        expires_at=expires_at,
    )
    order = GrantOrder.of(Holder(GranteeKind.API_KEY, key.pk), given, place, may_delegate=may_delegate, expires_at=expires_at)
    grant = hand_on(ctx, "workspace.create_api_key", order)
    key.expires_at = grant.expires_at
    key.save(update_fields=["expires_at"])
    ctx.audit(key, name=name, prefix=key.prefix)
    ctx.emit(ApiKeyCreated(key.pk, None, None))
    return key, secret
