"""A member says that a subject's product events are not the account's they are counted for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tenure.directory.subject_ties import PERMISSION, say_whose
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models import ChangeSet


@action(PERMISSION)
def untie_subject(ctx: Context, subject: str, *, since_at: datetime | None = None) -> ChangeSet:
    """The subject, and who follows it, is nobody's from `since_at` on (None: ever): its events wait until a member ties them.

    Raises PermissionMissing, SubjectMalformed. Idempotent by its arguments; undo by the change set.
    """
    return say_whose(ctx, [subject], None, since_at)
