"""A member says whose subjects are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.stream.domain.spans import EVER, Spans, assigned
from tenure.stream.tie_book import TieBook
from tenure.stream.ties_copy import copy_after_commit
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("stream.settle_ties")
def assign_ties(
    ctx: Context, subjects: Collection[str], account_id: UUID | None, *, since_at: datetime = EVER
) -> dict[str, Spans]:
    """These subjects, and who follows them, are this account's (None: nobody's) from `since_at` on; returns what was said before.

    Idempotent by its arguments. What was said of later instants is said no more.
    """
    book = TieBook(ctx, subjects)
    before = {subject: book.spans(subject) for subject in subjects}
    for subject in subjects:
        book.say(subject, assigned(book.spans(subject), account_id, since_at, ctx.member_id))
    book.write()
    copy_after_commit(ctx)
    return before
