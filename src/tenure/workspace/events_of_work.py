"""What the workspace room says about long work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tenure.workspace.events import DomainEvent


@dataclass(frozen=True, slots=True)
class ImportEnded(DomainEvent):
    """An import came to its end, or stopped before it. state: of its change set (done, cancelled, interrupted)."""

    type: ClassVar[str] = "workspace.import_ended"
    subject_kind: ClassVar[str] = "import_run"

    state: str


@dataclass(frozen=True, slots=True)
class BulkWorkEnded(DomainEvent):
    """A bulk edit or delete that was done by a job came to its end. subject_id: its change set."""

    type: ClassVar[str] = "workspace.bulk_work_ended"
    subject_kind: ClassVar[str] = "change_set"

    state: str
