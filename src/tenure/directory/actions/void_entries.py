"""Entries of the stage ledger turn out to be wrong, and count no longer."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.queries.turns import counting_entries, lock_turns
from tenure.directory.stage_ledger import append_reversals, project_stages
from tenure.directory.turn_days import project_days
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.record_stages")
def void_entries(ctx: Context, entries: Collection[UUID], *, reason: str) -> int:
    """Append a reversal to each entry; how many counted until now. The entries themselves stay, and are counted for the past.

    Set-based. Idempotent: an entry that is voided already is left.
    """
    rows = counting_entries().filter(pk__in=list(entries))
    lock_turns(rows.values_list("turn_id", flat=True))
    standing = list(rows.all())
    append_reversals(ctx, standing, reason=reason)
    project_days(ctx, {entry.turn_id for entry in standing})
    project_stages({entry.account_id for entry in standing})
    return len(standing)
