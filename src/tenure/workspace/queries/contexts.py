"""Contexts for the faces: a member at a page, an API key at an endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.kernel.errors import NotFound
from tenure.workspace.context import Actor, Context
from tenure.workspace.domain.authority import Authority, Right
from tenure.workspace.enums import ActorKind, GranteeKind, GrantScope
from tenure.workspace.jobs import system_context
from tenure.workspace.models import ApiKey, Member, Workspace
from tenure.workspace.queries.authority import find_authority, find_member_authority
from tenure.workspace.queries.members import find_invited
from tenure.workspace.scope import Scope, enter

if TYPE_CHECKING:
    from uuid import UUID


def member_context(workspace_id: UUID, member_id: UUID, *, request_id: str = "", address: str | None = None) -> Context:
    """The context of a member; three queries."""
    with enter(Scope(workspace_id)):
        workspace = Workspace.objects.get()
        member = Member.objects.get(pk=member_id)
        return Context(
            workspace=workspace,
            actor=Actor(ActorKind.MEMBER, member.pk, member.name),
            authority=find_member_authority(member),
            language=member.language or workspace.language,
            zone=member.zone,
            number_format=member.number_format,
            theme=member.theme,
            request_id=request_id,
            address=address,
        )


def api_key_context(workspace_id: UUID, api_key_id: UUID, *, request_id: str = "", address: str | None = None) -> Context:
    """The context of an API key; three queries."""
    with enter(Scope(workspace_id)):
        workspace = Workspace.objects.get()
        key = ApiKey.objects.get(pk=api_key_id)
        return Context(
            workspace=workspace,
            actor=Actor(ActorKind.API_KEY, key.pk, key.name),
            authority=find_authority(GranteeKind.API_KEY, key.pk),
            language=workspace.language,
            request_id=request_id,
            address=address,
        )


def actor_context(workspace_id: UUID, actor_kind: str, actor_id: UUID | None) -> Context:
    """The context of whoever asked for work that is done later, with the rights they have now."""
    if actor_id is None or actor_kind == ActorKind.SYSTEM:
        return system_context(workspace_id)
    of_kind = api_key_context if actor_kind == ActorKind.API_KEY else member_context
    return of_kind(workspace_id, actor_id)


def invitee_context(secret: str, *, request_id: str = "", address: str | None = None) -> Context:
    """The context of whoever holds an invitation's secret: they may accept it, and nothing else. Raises NotFound."""
    found = find_invited(secret)
    if found is None:
        raise NotFound(kind="invitation")
    with enter(Scope(found[0])):
        workspace = Workspace.objects.get()
        member = Member.objects.get(pk=found[1])
        return Context(
            workspace=workspace,
            actor=Actor(ActorKind.MEMBER, member.pk, member.name),
            authority=Authority((Right(None, ("workspace.accept_invitation",), GrantScope.OWN),)),
            language=workspace.language,
            request_id=request_id,
            address=address,
        )
