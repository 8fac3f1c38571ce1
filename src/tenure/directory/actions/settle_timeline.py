"""What happened is told on the timelines of accounts and people, by whichever room knows it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.directory.models import TimelineEntry
from tenure.workspace.action import action
from tenure.workspace.rows import insert_rows

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@dataclass(frozen=True, slots=True)
class TimelineFact:
    """One line: its kind (timeline.py), when, whose, about what record, and the facts that its sentence names.

    actor_name: who did it, where that is not who is acting now.
    """

    kind: str
    at: datetime
    account_id: UUID | None = None
    person_id: UUID | None = None
    subject_kind: str = ""
    subject_id: UUID | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    actor_name: str | None = None


@action("directory.tell_timeline")
def add_timeline_entries(ctx: Context, facts: Sequence[TimelineFact]) -> None:
    """Add lines. Set-based. Idempotent by (subject, kind, instant); a fact without subject is added each time."""
    subjects = {fact.subject_id for fact in facts} - {None}
    rows = TimelineEntry.objects.filter(subject_id__in=subjects).values_list("subject_id", "kind", "at") if subjects else []
    there = set(rows)
    insert_rows(TimelineEntry, [_row(ctx, fact) for fact in facts if (fact.subject_id, fact.kind, fact.at) not in there])


@action("directory.tell_timeline")
def settle_timeline(ctx: Context, subjects: Collection[UUID], facts: Sequence[TimelineFact]) -> set[UUID]:
    """Let the lines about the records `subjects` be exactly `facts`; the accounts whose timeline may have changed.

    What a projection calls with whatever its records say now (none: they were deleted). Lines that say the same stay as they are,
    with who did them first. Set-based; idempotent.
    """
    wanted = {_identity(fact): fact for fact in facts}
    stale, accounts = [], {fact.account_id for fact in facts}
    for entry in TimelineEntry.objects.filter(subject_id__in=list(subjects)):
        accounts.add(entry.account_id)
        if wanted.pop(_identity(entry), None) is None:
            stale.append(entry.pk)
    TimelineEntry.objects.filter(pk__in=stale).delete()
    insert_rows(TimelineEntry, [_row(ctx, fact) for fact in wanted.values()])
    return {account for account in accounts if account is not None}


def _identity(line: TimelineFact | TimelineEntry) -> tuple[object, ...]:
    facts = tuple(sorted((name, str(value)) for name, value in line.facts.items()))
    return line.kind, line.at, line.account_id, line.person_id, line.subject_id, facts


def _row(ctx: Context, fact: TimelineFact) -> TimelineEntry:
    return TimelineEntry(
        workspace_id=ctx.workspace.pk,
        account_id=fact.account_id,
        person_id=fact.person_id,
        at=fact.at,
        kind=fact.kind,
        subject_kind=fact.subject_kind,
        subject_id=fact.subject_id,
        facts=fact.facts,
        actor_kind=ctx.actor.kind,
        actor_id=ctx.actor.id,
        actor_name=ctx.actor.name if fact.actor_name is None else fact.actor_name,
    )
