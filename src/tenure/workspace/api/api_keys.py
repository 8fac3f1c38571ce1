"""API keys over the API: which there are, making one, revoking one."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Query, Router

from tenure.workspace.actions.create_api_key import create_api_key
from tenure.workspace.actions.revoke_api_key import revoke_api_key
from tenure.workspace.domain.grants import Holder
from tenure.workspace.endpoints import ApiRequest, endpoint
from tenure.workspace.endpoints.lists import MOST_ROWS
from tenure.workspace.enums import GranteeKind
from tenure.workspace.grant_schemas import (
    ApiKeyIn,
    ApiKeyMadeOut,
    ApiKeyOut,
    ApiKeyPage,
    LossesOut,
    ReasonIn,
    api_key_out,
    losses_out,
)
from tenure.workspace.granting import guard_reach_to
from tenure.workspace.lists.fetch import PAGE_ROWS
from tenure.workspace.queries.grants import find_losses, list_grant_ids_of, list_places_of
from tenure.workspace.queries.members import get_api_key, list_api_keys
from tenure.workspace.settings_pages import seen_holders

router = Router(tags=["Rights"])


@router.get("/api-keys", response=ApiKeyPage, operation_id="list_api_keys", summary="List API keys")
@endpoint("workspace.create_api_key")
def api_keys(
    request: ApiRequest,
    after: Annotated[UUID | None, Query(description="The cursor `next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = PAGE_ROWS,
) -> ApiKeyPage:
    """The keys as far as the key sees, the oldest first, revoked ones among them; never their secrets."""
    found = list_api_keys(seen_holders(request.ctx), after=after, limit=limit + 1)
    following = str(found[limit - 1].pk) if len(found) > limit else None
    return ApiKeyPage(items=[api_key_out(key) for key in found[:limit]], next=following, previous=None)


@router.post("/api-keys", response={201: ApiKeyMadeOut}, operation_id="create_api_key", summary="Create an API key")
@endpoint("workspace.create_api_key", shown_once="secret")
def api_keys_post(request: ApiRequest, body: ApiKeyIn) -> ApiKeyMadeOut:
    """Make a key with a part of what the asking key holds itself. Its secret is in this answer, and nowhere else."""
    key, secret = create_api_key(
        request.ctx, body.name, body.given, place=body.place, may_delegate=body.may_delegate, expires_at=body.expires_at
    )
    return ApiKeyMadeOut(api_key=api_key_out(key), secret=secret)


@router.get(
    "/api-keys/{uuid:api_key_id}/losses",
    response=LossesOut,
    operation_id="preview_api_key_revocation",
    summary="See what ends with an API key",
)
@endpoint("workspace.revoke_api_key")
def losses(request: ApiRequest, api_key_id: UUID) -> LossesOut:
    """What revoking the key would end: its own grants, and all that was granted with it."""
    holder = Holder(GranteeKind.API_KEY, get_api_key(api_key_id).pk)
    guard_reach_to(request.ctx, "workspace.revoke_api_key", list_places_of(holder))
    return losses_out(find_losses(request.ctx, list_grant_ids_of(holder)))


@router.post("/api-keys/{uuid:api_key_id}/revoke", response=ApiKeyOut, operation_id="revoke_api_key", summary="Revoke an API key")
@endpoint("workspace.revoke_api_key")
def revocation(request: ApiRequest, api_key_id: UUID, body: ReasonIn) -> ApiKeyOut:
    """The key stops working at once and for good, and with it whatever was granted with it."""
    return api_key_out(revoke_api_key(request.ctx, api_key_id, reason=body.reason))
