"""What the workspace room says has happened to members, their rights and API keys. Ids only: no names, no addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from tenure.workspace.events import DomainEvent


@dataclass(frozen=True, slots=True)
class RightsGranted(DomainEvent):
    """Somebody received rights."""

    type: ClassVar[str] = "workspace.rights_granted"
    subject_kind: ClassVar[str] = "grant"

    grantee_kind: str
    grantee_id: UUID


@dataclass(frozen=True, slots=True)
class GrantRevoked(DomainEvent):
    """A grant ended, itself or with one above it."""

    type: ClassVar[str] = "workspace.grant_revoked"
    subject_kind: ClassVar[str] = "grant"

    grantee_kind: str
    grantee_id: UUID


@dataclass(frozen=True, slots=True)
class GrantSuspended(DomainEvent):
    """A grant's account moved out of what its grantor may give."""

    type: ClassVar[str] = "workspace.grant_suspended"
    subject_kind: ClassVar[str] = "grant"


@dataclass(frozen=True, slots=True)
class GrantResumed(DomainEvent):
    """A suspended grant holds again."""

    type: ClassVar[str] = "workspace.grant_resumed"
    subject_kind: ClassVar[str] = "grant"


@dataclass(frozen=True, slots=True)
class RoleEdited(DomainEvent):
    """A role gives other permissions than before."""

    type: ClassVar[str] = "workspace.role_edited"
    subject_kind: ClassVar[str] = "role"


@dataclass(frozen=True, slots=True)
class WorkspaceHandedOver(DomainEvent):
    """The workspace has another owner."""

    type: ClassVar[str] = "workspace.handed_over"
    subject_kind: ClassVar[str] = "member"


@dataclass(frozen=True, slots=True)
class MemberEvent(DomainEvent):
    """What happened to a member."""

    subject_kind: ClassVar[str] = "member"


@dataclass(frozen=True, slots=True)
class MemberInvited(MemberEvent):
    """Somebody was asked to join."""

    type: ClassVar[str] = "workspace.member_invited"


@dataclass(frozen=True, slots=True)
class MemberJoined(MemberEvent):
    """An invited person is now an active member."""

    type: ClassVar[str] = "workspace.member_joined"


@dataclass(frozen=True, slots=True)
class MemberSuspended(MemberEvent):
    """A member may not act for now."""

    type: ClassVar[str] = "workspace.member_suspended"


@dataclass(frozen=True, slots=True)
class MemberReinstated(MemberEvent):
    """A suspended member may act again."""

    type: ClassVar[str] = "workspace.member_reinstated"


@dataclass(frozen=True, slots=True)
class MemberLeft(MemberEvent):
    """A member is one no more; or an invitation was withdrawn."""

    type: ClassVar[str] = "workspace.member_left"


@dataclass(frozen=True, slots=True)
class ApiKeyCreated(DomainEvent):
    """A program may use the API."""

    type: ClassVar[str] = "workspace.api_key_created"
    subject_kind: ClassVar[str] = "api_key"


@dataclass(frozen=True, slots=True)
class ApiKeyRevoked(DomainEvent):
    """A program may use the API no more."""

    type: ClassVar[str] = "workspace.api_key_revoked"
    subject_kind: ClassVar[str] = "api_key"


@dataclass(frozen=True, slots=True)
class WorkspaceChanged(DomainEvent):
    """The workspace is called or counts otherwise: which of its columns changed."""

    type: ClassVar[str] = "workspace.workspace_changed"
    subject_kind: ClassVar[str] = "workspace"

    fields: tuple[str, ...]
