"""Subjects follow their account or person into the one it was merged into."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.stream.models import Tie
from tenure.stream.tie_book import lock_ties, number_ties
from tenure.stream.ties_copy import copy_after_commit
from tenure.workspace.action import action
from tenure.workspace.rows import update_rows

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("stream.settle_ties")
def move_ties(ctx: Context, column: str, source: UUID, target: UUID, ids: Collection[UUID] | None = None) -> list[UUID]:
    """Have ties name `target` in place of `source`; returns the rows moved. column: account_id or person_id. ids: only these rows."""
    lock_ties()
    rows = Tie.objects.filter(**{column: source})
    moved = list(rows if ids is None else rows.filter(pk__any_of=list(ids)))
    for row in moved:
        setattr(row, column, target)
    number_ties(ctx, moved)
    update_rows(Tie, moved, [column, "revision", "made_at"])
    if moved:
        copy_after_commit(ctx)
    return [row.pk for row in moved]
