"""What the directory does when something happens in it: the timeline and the last contact follow, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from tenure.directory import events
from tenure.directory.actions.settle_timeline import TimelineFact, settle_timeline
from tenure.directory.enums import ActivityKind, Direction
from tenure.directory.models import AccountFile, Activity, Note, Person, Task
from tenure.directory.turn_days import project_all_days
from tenure.workspace.events_of_rights import WorkspaceChanged
from tenure.workspace.models import Workspace
from tenure.workspace.outbox import register_projection

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.events import DomainEvent

_LAST_CONTACT = """
UPDATE directory_account AS account SET last_contact_at = latest.at
FROM unnest(%s::uuid[]) AS wanted(id)
LEFT JOIN LATERAL (
  SELECT max(happened_at) AS at FROM directory_activity
  WHERE workspace_id = tenure_workspace() AND account_id = wanted.id AND deleted_at IS NULL AND outcome NOT IN ('not_reached', 'no_show', 'moved')
) AS latest ON true
WHERE account.workspace_id = tenure_workspace() AND account.id = wanted.id AND account.last_contact_at IS DISTINCT FROM latest.at
"""


def register_receivers() -> None:
    """Have the projections run."""
    register_projection([events.NoteCreated, events.NoteChanged, events.NoteDeleted, events.NoteRestored], tell_notes)
    register_projection(
        [events.ActivityCreated, events.ActivityChanged, events.ActivityDeleted, events.ActivityRestored], tell_activities
    )
    register_projection([events.TaskCreated, events.TaskChanged, events.TaskDeleted, events.TaskRestored], tell_tasks)
    register_projection([events.FileAdded, events.FileChanged, events.FileDeleted, events.FileRestored], tell_files)
    register_projection([events.PersonCreated, events.PersonChanged, events.PersonDeleted, events.PersonRestored], tell_people)
    register_projection([WorkspaceChanged], follow_zone)


def follow_zone(ctx: Context, batch: Sequence[DomainEvent]) -> None:
    """Days begin by another clock: turns entered their stages on the days of that one."""
    if any("zone" in getattr(event, "fields", ()) for event in batch):
        project_all_days(replace(ctx, workspace=Workspace.objects.get()))


def tell_notes(ctx: Context, batch: Sequence[DomainEvent]) -> None:
    """A note stands on the timeline at the time it was written."""
    ids = _subjects(batch)
    rows = Note.objects.filter(pk__in=ids)
    settle_timeline(ctx, ids, [_fact("note", row.written_at, row, {"member": _ref("member", row.author_id)}) for row in rows])


def tell_activities(ctx: Context, batch: Sequence[DomainEvent]) -> None:
    """An activity stands on the timeline when it happened, and says when the account was last in touch."""
    ids = _subjects(batch)
    facts = [_fact(_kind_of(row), row.happened_at, row, _activity_facts(row)) for row in Activity.objects.filter(pk__in=ids)]
    accounts = settle_timeline(ctx, ids, facts)
    project_last_contact(accounts)


def tell_tasks(ctx: Context, batch: Sequence[DomainEvent]) -> None:
    """What was done stands on the timeline; what is to be done does not."""
    ids = _subjects(batch)
    rows = Task.objects.filter(pk__in=ids, done_at__isnull=False)
    facts = [_fact("task_done", row.done_at, row, {"task": row.title, "member": _ref("member", row.done_by_id)}) for row in rows]
    settle_timeline(ctx, ids, facts)


def tell_files(ctx: Context, batch: Sequence[DomainEvent]) -> None:
    """A file stands on the timeline when it was added."""
    ids = _subjects(batch)
    rows = AccountFile.objects.filter(pk__in=ids)
    facts = [_fact("file", row.created_at, row, {"file": row.name, "member": _ref("member", row.added_by_id)}) for row in rows]
    settle_timeline(ctx, ids, facts)


def tell_people(ctx: Context, batch: Sequence[DomainEvent]) -> None:
    """That somebody left stands on their account's timeline."""
    ids = _subjects(batch)
    facts = []
    for row in Person.objects.filter(pk__in=ids, left_on__isnull=False, account_id__isnull=False):
        at = datetime.combine(row.left_on, time(12), UTC)
        about = {"person": _ref("person", row.pk), "role": {"chain": row.role} if row.role else None}
        facts.append(TimelineFact("person_left", at, row.account_id, row.pk, "person", row.pk, _known(about)))
    settle_timeline(ctx, ids, facts)


def project_last_contact(accounts: Collection[UUID]) -> None:
    """Bring the last contact of these accounts in step with their activities. It is a projection: no version, no event."""
    if accounts:
        with connection.cursor() as cursor:
            cursor.execute(_LAST_CONTACT, [sorted(accounts)])


def _subjects(batch: Sequence[DomainEvent]) -> list[UUID]:
    return list({event.subject_id for event in batch})


def _fact(kind: str, at: datetime, row: Any, facts: dict[str, Any]) -> TimelineFact:  # noqa: ANN401 - a record with account and person
    subject_kind = str(row._meta.model_name)
    return TimelineFact(kind, at, row.account_id, row.person_id, subject_kind, row.pk, _known(facts))


def _kind_of(row: Activity) -> str:
    if row.kind == ActivityKind.MAIL:
        return "mail_in" if row.direction == Direction.IN else "mail_out"
    return str(row.kind)


def _activity_facts(row: Activity) -> dict[str, Any]:
    return {
        "person": _ref("person", row.person_id),
        "member": _ref("member", row.member_id),
        "subject": row.subject,
        "outcome": {"outcome": row.outcome} if row.outcome else None,
        "minutes": {"number": row.minutes} if row.minutes else None,
    }


def _ref(kind: str, key: UUID | None) -> dict[str, str] | None:
    return {kind: str(key)} if key else None


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value}
