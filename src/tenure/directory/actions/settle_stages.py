"""What some records prove about stages is brought in step with the ledger: entered, corrected or voided."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.models import StageEntry
from tenure.directory.queries.turns import counting_entries, lock_turns
from tenure.directory.stage_ledger import StageFact, append_entries, append_reversals, project_stages
from tenure.directory.turn_days import project_days
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context

SUPERSEDED = "superseded"


@action("directory.record_stages")
def settle_stages(ctx: Context, proofs: Collection[UUID], facts: Sequence[StageFact], *, reason: str = SUPERSEDED) -> None:
    """Let the entries proved by the records `proofs` be exactly `facts`, whose proof_id is one of them.

    What a projection calls with whatever its records say now, whether they were created, changed, deleted, restored or undone:
    entries no longer said are voided with `reason`, changed ones are voided and entered anew, missing ones are entered.
    A stage that a turn has entered by another record's proof stays that one's. Set-based; idempotent.
    """
    standing = counting_entries().filter(proof_id__in=list(proofs))
    turns = lock_turns({fact.turn_id for fact in facts} | set(standing.values_list("turn_id", flat=True)))
    by_place = {(entry.turn_id, entry.stage): entry for entry in counting_entries().filter(turn_id__in=list(turns))}
    owned = {place: entry for place, entry in by_place.items() if entry.proof_id in set(proofs)}
    wanted: dict[tuple[UUID, str], StageFact] = {}
    for fact in sorted(facts, key=lambda one: one.entered_at):
        place = (fact.turn_id, fact.stage)
        if fact.turn_id in turns and (place in owned or place not in by_place):
            wanted.setdefault(place, fact)
    wrong = [entry for place, entry in owned.items() if place not in wanted or not _says(entry, wanted[place])]
    fresh = [fact for place, fact in wanted.items() if place not in owned or not _says(owned[place], fact)]
    append_reversals(ctx, wrong, reason=reason)
    written = append_entries(ctx, fresh, turns)
    project_days(ctx, {entry.turn_id for entry in [*wrong, *written]})
    project_stages({entry.account_id for entry in [*wrong, *written]})


def _says(entry: StageEntry, fact: StageFact) -> bool:
    return (entry.entered_at, entry.reason, entry.proof_id) == (fact.entered_at, fact.reason, fact.proof_id)
