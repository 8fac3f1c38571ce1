"""A member says whose a subject's product events are."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.subject_ties import PERMISSION, say_whose
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models import ChangeSet


@action(PERMISSION)
def tie_subject(ctx: Context, subject: str, account_id: UUID, *, since_at: datetime | None = None) -> ChangeSet:
    """The subject (`g:`, `u:` or `a:` and its id), and who follows it, is this account's; the history follows, and no event is rewritten.

    since_at: from this instant on, what was before stays whose it was; None: all its history. No reader changes it afterwards.
    Raises PermissionMissing, SubjectMalformed, NotFound. Idempotent by its arguments; undo by the change set.
    """
    return say_whose(ctx, [subject], account_id, since_at)
