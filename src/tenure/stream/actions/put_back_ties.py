"""What a member said of subjects is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tenure.stream.domain.spans import Span, Spans
from tenure.stream.tie_book import TieBook
from tenure.stream.ties_copy import copy_after_commit
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("stream.settle_ties")
def put_back_ties(ctx: Context, before: Mapping[str, Spans]) -> None:
    """Let these subjects have the spans they had; one that had none is nobody's yet. Idempotent by its arguments."""
    book = TieBook(ctx, list(before))
    for subject, spans in before.items():
        book.say(subject, spans or (Span(),))
    book.write()
    copy_after_commit(ctx)
