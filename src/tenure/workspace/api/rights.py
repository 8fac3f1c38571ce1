"""Rights over the API: why somebody may do something, which roles there are, and writing them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Query, Router

from tenure.kernel.errors import FieldProblem, Invalid
from tenure.workspace.actions.create_role import create_role
from tenure.workspace.actions.delete_role import delete_role
from tenure.workspace.actions.edit_role import edit_role
from tenure.workspace.domain.grants import Holder
from tenure.workspace.endpoints import AccountId, ApiRequest, endpoint
from tenure.workspace.enums import GranteeKind
from tenure.workspace.granting import SEEING, caller_of, guard_known, guard_reach_to
from tenure.workspace.models import Role
from tenure.workspace.queries.explain import explain
from tenure.workspace.queries.grants import list_places_of
from tenure.workspace.queries.members import get_api_key, get_member
from tenure.workspace.rights_schemas import ExplanationOut, RoleIn, RoleOut, RolesOut, explanation_out, role_out

router = Router(tags=["Rights"])


@router.get("/authz/explain", response=ExplanationOut, operation_id="explain_rights", summary="Explain a right")
@endpoint("workspace.explain_rights")
def authz_explain(
    request: ApiRequest,
    permission: Annotated[str, Query(max_length=100, examples=["directory.update_account"])] = "workspace.view",
    member: Annotated[UUID | None, Query(description="Id of the member asked about.")] = None,
    api_key: Annotated[
        UUID | None, Query(description="Id of the API key asked about; without member or key, the asking key.")
    ] = None,
    account: Annotated[AccountId | None, Query(description="The account it is to be done on; left out, anywhere.")] = None,
    is_owner: Annotated[bool, Query(description="Whether the record asked about is theirs.")] = False,  # noqa: FBT002 - a parameter of the query
) -> ExplanationOut:
    """Whether a member or an API key may do something, and the chains of grants that say so, or what is missing."""
    guard_known([permission])
    holder = _holder(request, member, api_key)
    return explanation_out(explain(request.ctx, holder, permission, account, is_owner=is_owner))


@router.get("/roles", response=RolesOut, operation_id="list_roles", summary="List roles")
@endpoint("workspace.view")
def roles(request: ApiRequest) -> RolesOut:
    """The named sets of permissions that invitations and grants are made from."""
    del request
    return RolesOut(items=[role_out(role) for role in Role.objects.order_by("name")])


@router.post("/roles", response={201: RoleOut}, operation_id="create_role", summary="Create a role")
@endpoint("workspace.create_role")
def roles_post(request: ApiRequest, body: RoleIn) -> RoleOut:
    """A named set of permissions. It gives nothing by itself: whoever grants from it must hold what it names."""
    return role_out(create_role(request.ctx, body.name, body.permissions, description=body.description))


@router.put("/roles/{uuid:role_id}", response=RoleOut, operation_id="edit_role", summary="Edit a role")
@endpoint("workspace.edit_role")
def role_put(request: ApiRequest, role_id: UUID, body: RoleIn) -> RoleOut:
    """Set its name, words and permissions. Grants made from it follow, each only as far as the grant it comes from gives."""
    role = edit_role(request.ctx, role_id, name=body.name, permissions=body.permissions, description=body.description)
    return role_out(role)


@router.delete("/roles/{uuid:role_id}", response={204: None}, operation_id="delete_role", summary="Delete a role")
@endpoint("workspace.delete_role")
def role_delete(request: ApiRequest, role_id: UUID) -> None:
    """Forget a role that no grant is made from any more."""
    delete_role(request.ctx, role_id)


def _holder(request: ApiRequest, member: UUID | None, api_key: UUID | None) -> Holder:
    """Whom the question is about, where the caller sees all that their rights reach. Raises Invalid, NotFound, PermissionMissing."""
    if member is not None and api_key is not None:
        raise Invalid([FieldProblem("api_key", "Ask about a member or about an API key.")])
    caller = caller_of(request.ctx)
    if member is None and api_key is None and caller is not None:
        return caller
    holder = (
        Holder(GranteeKind.MEMBER, get_member(member).pk) if member else Holder(GranteeKind.API_KEY, get_api_key(api_key).pk)  # type: ignore[arg-type]
    )
    if holder != caller:
        guard_reach_to(request.ctx, SEEING, list_places_of(holder))
    return holder
