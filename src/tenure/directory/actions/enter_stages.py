"""Turns enter stages of the bow-tie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tenure.directory.models import StageEntry
from tenure.directory.queries.turns import counting_entries, lock_turns
from tenure.directory.stage_ledger import StageFact, append_entries, project_stages
from tenure.directory.turn_days import project_days
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.record_stages")
def enter_stages(ctx: Context, facts: Sequence[StageFact]) -> list[StageEntry]:
    """Append the facts to the ledger; the entries written. A turn that is not there is left out.

    Set-based. Idempotent by (turn, stage): a stage that a turn has entered already is left as it is (settle_stages corrects it);
    of several facts about one stage the earliest is taken.
    """
    turns = lock_turns(fact.turn_id for fact in facts)
    there = set(counting_entries().filter(turn_id__in=list(turns)).values_list("turn_id", "stage"))
    fresh: dict[tuple[object, str], StageFact] = {}
    for fact in sorted(facts, key=lambda one: one.entered_at):
        if fact.turn_id in turns and (fact.turn_id, fact.stage) not in there:
            fresh.setdefault((fact.turn_id, fact.stage), fact)
    entries = append_entries(ctx, list(fresh.values()), turns)
    project_days(ctx, {entry.turn_id for entry in entries})
    project_stages({entry.account_id for entry in entries})
    return entries
