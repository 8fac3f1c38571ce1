"""Context: on whose behalf, in which workspace, with what authority something is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from tenure.kernel import clock
from tenure.workspace import outbox
from tenure.workspace.domain.authority import EVERYTHING, Authority
from tenure.workspace.enums import ActorKind
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.jobs import defer_job
from tenure.workspace.scope import Scope

if TYPE_CHECKING:
    from datetime import date, datetime

    from tenure.workspace.events import DomainEvent
    from tenure.workspace.models import Workspace
    from tenure.workspace.records.log import ChangeLog


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member, an API key, or Tenure itself."""

    kind: str
    id: UUID | None
    name: str


def as_arguments(actor: Actor) -> dict[str, str | None]:
    """An actor as arguments of a job, which works with the rights they have then (queries.contexts.actor_context)."""
    return {"actor_kind": actor.kind, "actor_id": str(actor.id) if actor.id else None}


SYSTEM = Actor(ActorKind.SYSTEM, None, "Tenure")


@dataclass(slots=True)
class AuditNote:
    """What an action says about itself for its audit line."""

    subject: Any = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Context:
    """Everything an action or a query needs to know about its caller."""

    workspace: Workspace
    actor: Actor
    authority: Authority
    accounts: tuple[UUID, ...] | None = None
    language: str = "en"
    zone: str = ""
    number_format: str = ""
    theme: str = ""
    request_id: str = ""
    address: str | None = None
    change_log: ChangeLog | None = None
    is_backfill: bool = False
    audit_note: AuditNote | None = None

    @classmethod
    def of_system(cls, workspace: Workspace) -> Self:
        """Tenure itself, at work in `workspace`."""
        return cls(workspace=workspace, actor=SYSTEM, authority=EVERYTHING, language=workspace.language)

    @property
    def change_set_id(self) -> UUID | None:
        """The change set under way, where there is one."""
        return self.change_log.change_set_id if self.change_log else None

    @property
    def scope(self) -> Scope:
        """The fence this caller stands behind."""
        return Scope(self.workspace.pk, self.accounts)

    @property
    def tz(self) -> ZoneInfo:
        """The zone the caller reads instants in."""
        return ZoneInfo(self.zone or self.workspace.zone)

    @property
    def member_id(self) -> UUID | None:
        """The acting member, where one acts."""
        return self.actor.id if self.actor.kind == ActorKind.MEMBER else None

    def now(self) -> datetime:
        """The present instant, UTC."""
        return clock.now()

    def today(self) -> date:
        """Today's civil date in the workspace's zone."""
        return clock.now().astimezone(self.workspace.tz).date()

    def holds(self, permission: str) -> bool:
        """Whether the caller holds the permission somewhere."""
        return self.authority.holds(permission)

    def require(self, permission: str) -> None:
        """Raise PermissionMissing where the caller holds the permission nowhere."""
        if not self.holds(permission):
            raise PermissionMissing(permission=permission)

    def require_everywhere(self, permission: str) -> None:
        """Raise PermissionMissing where the caller does not hold it over the whole workspace: what is everybody's needs that."""
        if not self.authority.reach(permission).everything:
            raise PermissionMissing(permission=permission)

    def emit(self, events: DomainEvent | Iterable[DomainEvent]) -> None:
        """Write events to the outbox and run their projections, in this transaction."""
        batch: Sequence[DomainEvent] = list(events) if isinstance(events, Iterable) else [events]
        if batch:
            outbox.write(self, batch)

    def defer(self, job: str, **arguments: object) -> None:
        """Queue a job by name, in this transaction; its first argument is the workspace."""
        defer_job(job, workspace=str(self.workspace.pk), **arguments)

    def audit(self, subject: object = None, **facts: object) -> None:
        """Say more in the audit line of the action under way."""
        if self.audit_note is not None:
            self.audit_note.subject = subject or self.audit_note.subject
            self.audit_note.facts |= facts

    def within(self, change_log: ChangeLog, *, is_backfill: bool = False) -> Context:
        """The same caller, at work inside a change set."""
        return replace(self, change_log=change_log, is_backfill=is_backfill)
