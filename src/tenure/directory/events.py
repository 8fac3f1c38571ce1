"""What the directory room says has happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from tenure.workspace.events import DomainEvent


@dataclass(frozen=True, slots=True)
class AccountCreated(DomainEvent):
    """An account came into being."""

    type: ClassVar[str] = "directory.account_created"
    subject_kind: ClassVar[str] = "account"


@dataclass(frozen=True, slots=True)
class AccountChanged(DomainEvent):
    """An account's fields changed."""

    type: ClassVar[str] = "directory.account_changed"
    subject_kind: ClassVar[str] = "account"


@dataclass(frozen=True, slots=True)
class AccountDeleted(DomainEvent):
    """An account was deleted; undo brings it back."""

    type: ClassVar[str] = "directory.account_deleted"
    subject_kind: ClassVar[str] = "account"


@dataclass(frozen=True, slots=True)
class AccountRestored(DomainEvent):
    """A deleted account came back."""

    type: ClassVar[str] = "directory.account_restored"
    subject_kind: ClassVar[str] = "account"


@dataclass(frozen=True, slots=True)
class TurnOpened(DomainEvent):
    """A trip of a prospect or customer began."""

    type: ClassVar[str] = "directory.turn_opened"
    subject_kind: ClassVar[str] = "turn"

    kind: str


@dataclass(frozen=True, slots=True)
class TurnLinked(DomainEvent):
    """A turn got its account, or another one."""

    type: ClassVar[str] = "directory.turn_linked"
    subject_kind: ClassVar[str] = "turn"


@dataclass(frozen=True, slots=True)
class StageEntered(DomainEvent):
    """A turn entered a stage."""

    type: ClassVar[str] = "directory.stage_entered"
    subject_kind: ClassVar[str] = "stage_entry"

    turn_id: UUID
    stage: str
    entered_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class StageVoided(DomainEvent):
    """An entry of the stage ledger no longer counts. subject_id: the entry voided."""

    type: ClassVar[str] = "directory.stage_voided"
    subject_kind: ClassVar[str] = "stage_entry"

    turn_id: UUID
    stage: str
