"""A person's ids go out of the ties; whose their events are stays."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from tenure.stream.enums import TieReason
from tenure.stream.models import Tie
from tenure.stream.store.erasure import pseudonym_of
from tenure.stream.tie_book import lock_ties, number_ties
from tenure.stream.ties_copy import copy_after_commit
from tenure.workspace.action import action
from tenure.workspace.rows import insert_rows

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("stream.settle_ties")
def forget_subjects(ctx: Context, subjects: Collection[str]) -> dict[str, str]:
    """Give these subjects pseudonyms, without person and hints; returns them by what they stand for.

    The events themselves follow by `store/erasure.py`. Not idempotent: each call gives new pseudonyms.
    """
    lock_ties()
    pseudonyms = {subject: pseudonym_of(subject) for subject in subjects}
    old = Tie.objects.filter(subject__any_of=list(pseudonyms))
    fresh = [
        Tie(
            workspace_id=ctx.workspace.pk,
            subject=pseudonyms[row.subject],
            since_at=row.since_at,
            account_id=row.account_id,
            follows=pseudonyms.get(row.follows, row.follows),
            reason=row.reason if row.reason not in {TieReason.EMAIL, TieReason.EXTERNAL_ID} else TieReason.USER,
            made_by_id=row.made_by_id,
        )
        for row in old
    ]
    number_ties(ctx, fresh)
    insert_rows(Tie, fresh)
    old.delete()
    copy_after_commit(ctx)
    return pseudonyms
