"""A change set as every room's operations return it: what was done, how far, and whether it can be undone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tenure.workspace.endpoints.schemas import Page
from tenure.workspace.enums import ChangeSetKind, ChangeSetState

if TYPE_CHECKING:
    from tenure.workspace.models import ChangeSet


class ChangeSetOut(Schema):
    """One piece of work on records. Numbers count rows."""

    id: UUID
    kind: ChangeSetKind
    state: ChangeSetState
    title: str = Field(description="What was done.")
    reason: str
    actor_kind: str
    actor: UUID | None = Field(description="The member or API key who did it.")
    actor_name: str
    started_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None
    total: int | None = Field(description="How many rows there are to do; null where nobody knows.")
    done: int
    created: int
    updated: int
    deleted: int
    unchanged: int
    skipped: int
    failed: int
    undone: int = Field(description="Rows that undo took back.")
    kept: int = Field(description="Rows that undo left as they were: changed since, referred to by others, or out of reach.")


class ChangeSetPage(Page[ChangeSetOut]):
    """One page of change sets."""


def change_set_out(change_set: ChangeSet) -> ChangeSetOut:
    """The change set as the API writes it."""
    return ChangeSetOut(
        id=change_set.pk,
        kind=ChangeSetKind(change_set.kind),
        state=ChangeSetState(change_set.standing),
        title=change_set.title,
        reason=change_set.reason,
        actor_kind=change_set.actor_kind,
        actor=change_set.actor_id,
        actor_name=change_set.actor_name,
        started_at=change_set.started_at,
        finished_at=change_set.finished_at,
        undone_at=change_set.undone_at,
        total=change_set.total,
        done=change_set.done,
        created=change_set.created,
        updated=change_set.updated,
        deleted=change_set.deleted,
        unchanged=change_set.unchanged,
        skipped=change_set.skipped,
        failed=change_set.failed,
        undone=change_set.undone,
        kept=change_set.kept,
    )
