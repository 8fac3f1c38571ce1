"""A member says whose the product events of many subjects are."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.subject_ties import PERMISSION, say_whose
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models import ChangeSet


@action(PERMISSION)
def tie_subjects(ctx: Context, subjects: Collection[str], account_id: UUID) -> ChangeSet:
    """All these subjects, 500 at most, are this account's with all their history, as one change set.

    Raises PermissionMissing, SubjectMalformed, TooManySubjects, NotFound. Idempotent by its arguments.
    """
    return say_whose(ctx, subjects, account_id, None)
