"""The workspace and its members over the API."""

from __future__ import annotations

from uuid import UUID

from ninja import Router

from tenure.kernel.errors import NotFound
from tenure.workspace.endpoints import ApiRequest, cursor_page, endpoint
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
