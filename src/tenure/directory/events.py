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


@dataclass(frozen=True, slots=True)
class PersonCreated(DomainEvent):
    """A person came into being."""

    type: ClassVar[str] = "directory.person_created"
    subject_kind: ClassVar[str] = "person"


@dataclass(frozen=True, slots=True)
class PersonChanged(DomainEvent):
    """A person was changed."""

    type: ClassVar[str] = "directory.person_changed"
    subject_kind: ClassVar[str] = "person"


@dataclass(frozen=True, slots=True)
class PersonDeleted(DomainEvent):
    """A person was deleted; undo brings it back."""

    type: ClassVar[str] = "directory.person_deleted"
    subject_kind: ClassVar[str] = "person"


@dataclass(frozen=True, slots=True)
class PersonRestored(DomainEvent):
    """A person came back."""

    type: ClassVar[str] = "directory.person_restored"
    subject_kind: ClassVar[str] = "person"


@dataclass(frozen=True, slots=True)
class NoteCreated(DomainEvent):
    """A note came into being."""

    type: ClassVar[str] = "directory.note_created"
    subject_kind: ClassVar[str] = "note"


@dataclass(frozen=True, slots=True)
class NoteChanged(DomainEvent):
    """A note was changed."""

    type: ClassVar[str] = "directory.note_changed"
    subject_kind: ClassVar[str] = "note"


@dataclass(frozen=True, slots=True)
class NoteDeleted(DomainEvent):
    """A note was deleted; undo brings it back."""

    type: ClassVar[str] = "directory.note_deleted"
    subject_kind: ClassVar[str] = "note"


@dataclass(frozen=True, slots=True)
class NoteRestored(DomainEvent):
    """A note came back."""

    type: ClassVar[str] = "directory.note_restored"
    subject_kind: ClassVar[str] = "note"


@dataclass(frozen=True, slots=True)
class ActivityCreated(DomainEvent):
    """An activity came into being."""

    type: ClassVar[str] = "directory.activity_created"
    subject_kind: ClassVar[str] = "activity"


@dataclass(frozen=True, slots=True)
class ActivityChanged(DomainEvent):
    """An activity was changed."""

    type: ClassVar[str] = "directory.activity_changed"
    subject_kind: ClassVar[str] = "activity"


@dataclass(frozen=True, slots=True)
class ActivityDeleted(DomainEvent):
    """An activity was deleted; undo brings it back."""

    type: ClassVar[str] = "directory.activity_deleted"
    subject_kind: ClassVar[str] = "activity"


@dataclass(frozen=True, slots=True)
class ActivityRestored(DomainEvent):
    """An activity came back."""

    type: ClassVar[str] = "directory.activity_restored"
    subject_kind: ClassVar[str] = "activity"


@dataclass(frozen=True, slots=True)
class TaskCreated(DomainEvent):
    """A task came into being."""

    type: ClassVar[str] = "directory.task_created"
    subject_kind: ClassVar[str] = "task"


@dataclass(frozen=True, slots=True)
class TaskChanged(DomainEvent):
    """A task was changed."""

    type: ClassVar[str] = "directory.task_changed"
    subject_kind: ClassVar[str] = "task"


@dataclass(frozen=True, slots=True)
class TaskDeleted(DomainEvent):
    """A task was deleted; undo brings it back."""

    type: ClassVar[str] = "directory.task_deleted"
    subject_kind: ClassVar[str] = "task"


@dataclass(frozen=True, slots=True)
class TaskRestored(DomainEvent):
    """A task came back."""

    type: ClassVar[str] = "directory.task_restored"
    subject_kind: ClassVar[str] = "task"


@dataclass(frozen=True, slots=True)
class FileAdded(DomainEvent):
    """A file was added to an account."""

    type: ClassVar[str] = "directory.file_added"
    subject_kind: ClassVar[str] = "file"


@dataclass(frozen=True, slots=True)
class FileChanged(DomainEvent):
    """A file was changed."""

    type: ClassVar[str] = "directory.file_changed"
    subject_kind: ClassVar[str] = "file"


@dataclass(frozen=True, slots=True)
class FileDeleted(DomainEvent):
    """A file was deleted; undo brings it back."""

    type: ClassVar[str] = "directory.file_deleted"
    subject_kind: ClassVar[str] = "file"


@dataclass(frozen=True, slots=True)
class FileRestored(DomainEvent):
    """A file came back."""

    type: ClassVar[str] = "directory.file_restored"
    subject_kind: ClassVar[str] = "file"


@dataclass(frozen=True, slots=True)
class AccountMerged(DomainEvent):
    """An account (the subject) was merged into another; undo says AccountRestored."""

    type: ClassVar[str] = "directory.account_merged"
    subject_kind: ClassVar[str] = "account"

    into: UUID


@dataclass(frozen=True, slots=True)
class PersonMerged(DomainEvent):
    """A person (the subject) was merged into another; undo says PersonRestored."""

    type: ClassVar[str] = "directory.person_merged"
    subject_kind: ClassVar[str] = "person"

    into: UUID


@dataclass(frozen=True, slots=True)
class PersonErased(DomainEvent):
    """A person's data were taken out for good; whoever keeps copies is to do the same."""

    type: ClassVar[str] = "directory.person_erased"
    subject_kind: ClassVar[str] = "person"


@dataclass(frozen=True, slots=True)
class SubjectTied(DomainEvent):
    """A member said that product events are this account's. Ids of users may be addresses: the event does not hold them."""

    type: ClassVar[str] = "directory.subject_tied"
    subject_kind: ClassVar[str] = "tie"


@dataclass(frozen=True, slots=True)
class SubjectUntied(DomainEvent):
    """A member said that product events are not this account's."""

    type: ClassVar[str] = "directory.subject_untied"
    subject_kind: ClassVar[str] = "tie"
