"""What the directory room says has happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

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
