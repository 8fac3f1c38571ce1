"""What the stream room says has happened. Ids and codes only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tenure.workspace.events import DomainEvent


@dataclass(frozen=True, slots=True)
class SourceCreated(DomainEvent):
    """A new place that events come from."""

    type: ClassVar[str] = "stream.source_created"
    subject_kind: ClassVar[str] = "source"


@dataclass(frozen=True, slots=True)
class SourceChanged(DomainEvent):
    """A source got another name or kind."""

    type: ClassVar[str] = "stream.source_changed"
    subject_kind: ClassVar[str] = "source"


@dataclass(frozen=True, slots=True)
class SourceKeyRotated(DomainEvent):
    """A source has another write key; the old one stopped."""

    type: ClassVar[str] = "stream.source_key_rotated"
    subject_kind: ClassVar[str] = "source"


@dataclass(frozen=True, slots=True)
class SourceClosed(DomainEvent):
    """A source takes no more events."""

    type: ClassVar[str] = "stream.source_closed"
    subject_kind: ClassVar[str] = "source"
