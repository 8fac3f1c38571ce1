"""Rights over the API: why somebody may do something, roles, and invitations. Grants and keys: grant_schemas.py."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from tenure.workspace.endpoints.schemas import In, Text
from tenure.workspace.enums import GranteeKind, GrantScope, LinkState, MissingLink
from tenure.workspace.grant_schemas import MOST_PATTERNS, RightsIn
from tenure.workspace.inviting import invitation_link
from tenure.workspace.schemas import MemberOut, member_out

if TYPE_CHECKING:
    from tenure.workspace.domain.chains import Chain, Explanation, Link
    from tenure.workspace.models import Invitation, Member, Role


class LinkOut(Schema):
    """One grant on a chain, and whether it holds."""

    grant: UUID
    holder_kind: GranteeKind
    holder: UUID
    holder_name: str
    permissions: list[str] = Field(description="Permissions and patterns.")
    scope: GrantScope
    account: UUID | None = Field(description="The account at and below which it reaches; null for another scope.")
    state: LinkState


class ExplanationOut(Schema):
    """Whether it is allowed, and the chains of grants that say so, each from the root to the holder."""

    permission: str
    is_allowed: bool
    missing: MissingLink | None = Field(description="Why not; null where it is allowed.")
    chains: list[list[LinkOut]] = Field(description="By which it is allowed.")
    nearest: list[list[LinkOut]] = Field(description="Where it is not: those that come nearest.")


class RoleOut(Schema):
    """A named set of permissions that grants are made from."""

    id: UUID
    name: str
    description: str
    permissions: list[str]
    is_builtin: bool


class RoleIn(In):
    """A role, whole: what is left out is empty."""

    name: str = Field(min_length=1, max_length=60, examples=["Support"])
    description: Text = ""
    permissions: list[Text] = Field(max_length=MOST_PATTERNS, examples=[["directory.view", "sales.*"]])


class RolesOut(Schema):
    """The workspace's roles."""

    items: list[RoleOut]


class InvitationIn(RightsIn):
    """A colleague to be, and what they may do: a role or permissions, one of both."""

    email: str = Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", examples=["ana.ruiz@acme.example"])
    name: Text = ""
    team: Text = Field(default="", description="What the company calls the group they work in.")


class InvitationOut(Schema):
    """An invitation as it was opened. The link is shown this once."""

    member: MemberOut
    link: str = Field(description="Whoever opens it joins as this member.")
    expires_at: AwareDatetime


def explanation_out(answer: Explanation) -> ExplanationOut:
    """The answer link by link, the root first."""
    return ExplanationOut(
        permission=answer.question.permission,
        is_allowed=answer.is_allowed,
        missing=answer.missing,
        chains=[_chain(chain) for chain in answer.chains],
        nearest=[_chain(chain) for chain in answer.nearest],
    )


def _chain(chain: Chain) -> list[LinkOut]:
    return [_link(link) for link in reversed(chain.links)]


def _link(link: Link) -> LinkOut:
    return LinkOut(
        grant=link.grant_id,
        holder_kind=GranteeKind(link.holder.kind),
        holder=link.holder.id,
        holder_name=link.holder_name,
        permissions=list(link.permissions),
        scope=GrantScope(link.place.scope),
        account=link.place.account_id,
        state=link.state,
    )


def role_out(role: Role) -> RoleOut:
    """The role as the API writes it."""
    return RoleOut(
        id=role.pk, name=role.name, description=role.description, permissions=role.permissions, is_builtin=role.is_builtin
    )


def invitation_out(member: Member, invitation: Invitation, secret: str) -> InvitationOut:
    """The invitation with its link."""
    return InvitationOut(member=member_out(member), link=invitation_link(secret), expires_at=invitation.expires_at)
