"""Grants over the API: who holds what, giving, taking back after seeing what hangs below."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Query, Router

from tenure.workspace.actions.grant_rights import grant_rights
from tenure.workspace.actions.resume_grant import resume_grant
from tenure.workspace.actions.revoke_grant import revoke_grant
from tenure.workspace.endpoints import ApiRequest, endpoint
from tenure.workspace.endpoints.lists import MOST_ROWS
from tenure.workspace.grant_schemas import GrantIn, GrantOut, GrantPage, LossesOut, ReasonIn, grant_out, losses_out
from tenure.workspace.granting import SEEING, guard_reach_to
from tenure.workspace.lists.fetch import PAGE_ROWS
from tenure.workspace.queries.grants import get_grant, list_grants, place_of, preview_revocation

router = Router(tags=["Rights"])


@router.get("/grants", response=GrantPage, operation_id="list_grants", summary="List grants")
@endpoint("workspace.explain_rights")
def grants(
    request: ApiRequest,
    holder: Annotated[UUID | None, Query(description="Only those of this member or API key.")] = None,
    parent: Annotated[UUID | None, Query(description="Only those handed on straight from this grant.")] = None,
    after: Annotated[UUID | None, Query(description="The cursor `next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = PAGE_ROWS,
) -> GrantPage:
    """Grants that are not revoked, the oldest first, as far as the key sees; those that rest are among them."""
    found = list_grants(request.ctx, holder_id=holder, parent_id=parent, after=after, limit=limit + 1)
    following = str(found[limit - 1].pk) if len(found) > limit else None
    return GrantPage(items=[grant_out(grant) for grant in found[:limit]], next=following, previous=None)


@router.post("/grants", response={201: GrantOut}, operation_id="grant_rights", summary="Give rights")
@endpoint("workspace.grant_rights")
def grants_post(request: ApiRequest, body: GrantIn) -> GrantOut:
    """Hand on a part of what the key holds itself, where it may hand on at all, and no more."""
    grant = grant_rights(
        request.ctx,
        body.holder,
        body.given,
        place=body.place,
        may_delegate=body.may_delegate,
        not_before=body.not_before,
        expires_at=body.expires_at,
        reason=body.reason,
    )
    return grant_out(grant)


@router.get("/grants/{uuid:grant_id}", response=GrantOut, operation_id="get_grant", summary="Get a grant")
@endpoint("workspace.explain_rights")
def one_grant(request: ApiRequest, grant_id: UUID) -> GrantOut:
    """One grant that is not revoked."""
    grant = get_grant(grant_id)
    guard_reach_to(request.ctx, SEEING, [place_of(grant)])
    return grant_out(grant)


@router.get(
    "/grants/{uuid:grant_id}/losses",
    response=LossesOut,
    operation_id="preview_revocation",
    summary="See what ends with a grant",
)
@endpoint("workspace.revoke_grant")
def losses(request: ApiRequest, grant_id: UUID) -> LossesOut:
    """How many grants revoking it would end, and which members and keys could do less afterwards."""
    guard_reach_to(request.ctx, "workspace.revoke_grant", [place_of(get_grant(grant_id))])
    return losses_out(preview_revocation(request.ctx, grant_id))


@router.post("/grants/{uuid:grant_id}/revoke", response=GrantOut, operation_id="revoke_grant", summary="Revoke a grant")
@endpoint("workspace.revoke_grant")
def revocation(request: ApiRequest, grant_id: UUID, body: ReasonIn) -> GrantOut:
    """Take the right back for good, and with it all that was handed on from it."""
    return grant_out(revoke_grant(request.ctx, grant_id, reason=body.reason))


@router.post("/grants/{uuid:grant_id}/resume", response=GrantOut, operation_id="resume_grant", summary="Resume a grant")
@endpoint("workspace.resume_grant")
def resumption(request: ApiRequest, grant_id: UUID) -> GrantOut:
    """Let a grant hold again that rests because its account had moved."""
    return grant_out(resume_grant(request.ctx, grant_id))
