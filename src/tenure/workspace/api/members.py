"""The workspace and its members over the API."""

from __future__ import annotations

from uuid import UUID

from ninja import Router

from tenure.kernel.errors import NotFound
from tenure.workspace.actions.change_role import change_role
from tenure.workspace.actions.reinstate_member import reinstate_member
from tenure.workspace.actions.remove_member import remove_member
from tenure.workspace.actions.suspend_member import suspend_member
from tenure.workspace.endpoints import ApiRequest, cursor_page, endpoint
from tenure.workspace.grant_schemas import GrantOut, LossesOut, ReasonIn, RoleChangeIn, grant_out, losses_out
from tenure.workspace.granting import guard_reach_over
from tenure.workspace.queries.grants import preview_departure
from tenure.workspace.queries.members import get_member
from tenure.workspace.schemas import MemberOut, MemberPage, WorkspaceOut, member_out, workspace_out
from tenure.workspace.work_lists import MEMBERS

router = Router(tags=["Workspace"])


@router.get("/workspace", response=WorkspaceOut, operation_id="get_workspace", summary="Get the workspace")
@endpoint("workspace.view")
def workspace(request: ApiRequest) -> WorkspaceOut:
    """The workspace of the key, and what the key may do: a good first call."""
    return workspace_out(request.ctx)


@router.get("/members", response=MemberPage, operation_id="list_members", summary="List members")
@endpoint("workspace.view", lists=MEMBERS)
def members(request: ApiRequest) -> MemberPage:
    """The workspace's staff: those records name as owners."""
    return cursor_page(request, MEMBERS, MemberPage, member_out)


@router.get("/members/{uuid:member_id}", response=MemberOut, operation_id="get_member", summary="Get a member")
@endpoint("workspace.view")
def member(request: ApiRequest, member_id: UUID) -> MemberOut:
    """One member, whatever their state."""
    row = MEMBERS.rows(request.ctx).filter(pk=member_id).first()
    if row is None:
        raise NotFound(kind="member")
    return member_out(row)


@router.get(
    "/members/{uuid:member_id}/losses",
    response=LossesOut,
    operation_id="preview_departure",
    summary="See what ends with a member",
)
@endpoint("workspace.suspend_member")
def losses(request: ApiRequest, member_id: UUID) -> LossesOut:
    """What would rest if the member were suspended, and end if they left or got another role: their grants, and all they handed on."""
    guard_reach_over(request.ctx, "workspace.suspend_member", get_member(member_id))
    return losses_out(preview_departure(request.ctx, member_id))


@router.post("/members/{uuid:member_id}/suspend", response=MemberOut, operation_id="suspend_member", summary="Suspend a member")
@endpoint("workspace.suspend_member")
def suspension(request: ApiRequest, member_id: UUID, body: ReasonIn) -> MemberOut:
    """The member may not act for now; their rights, and all they have handed on, rest meanwhile."""
    return member_out(suspend_member(request.ctx, member_id, reason=body.reason))


@router.post(
    "/members/{uuid:member_id}/reinstate", response=MemberOut, operation_id="reinstate_member", summary="Reinstate a member"
)
@endpoint("workspace.reinstate_member")
def reinstatement(request: ApiRequest, member_id: UUID) -> MemberOut:
    """Lift a suspension: what rested holds again."""
    return member_out(reinstate_member(request.ctx, member_id))


@router.post("/members/{uuid:member_id}/remove", response=MemberOut, operation_id="remove_member", summary="Remove a member")
@endpoint("workspace.remove_member")
def removal(request: ApiRequest, member_id: UUID, body: ReasonIn) -> MemberOut:
    """Let the member go: their rights end, and all they handed on. Records go on naming them."""
    return member_out(remove_member(request.ctx, member_id, reason=body.reason))


@router.post(
    "/members/{uuid:member_id}/change-role", response=GrantOut, operation_id="change_role", summary="Change a member's role"
)
@endpoint("workspace.change_role")
def role_change(request: ApiRequest, member_id: UUID, body: RoleChangeIn) -> GrantOut:
    """Give the role in place of all that the member holds; what they handed on out of that ends."""
    grant = change_role(
        request.ctx, member_id, body.role, place=body.place, may_delegate=body.may_delegate, expires_at=body.expires_at
    )
    return grant_out(grant)
