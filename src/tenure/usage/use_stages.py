"""The stage ledger's entries that use of the product proves: live and adopting of those who bought, lead where no lead is kept. Set-based.

Rule: the design's stage ledger; usage/README.md, "Milestones". The trial is billing's (billing/trials.py), the lead market's.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.actions.settle_stages import settle_stages
from tenure.directory.enums import Stage
from tenure.directory.queries.turns import counting_entries, find_turns
from tenure.directory.stage_ledger import StageFact
from tenure.usage.enums import MilestoneKind
from tenure.usage.models import MilestoneReached

if TYPE_CHECKING:
    from tenure.workspace.context import Context

PROOF = "milestone"
_OF_CUSTOMERS = {MilestoneKind.FIRST_VALUE: Stage.LIVE, MilestoneKind.CORE_USE: Stage.ADOPTING}


def settle_use_stages(ctx: Context, accounts: Collection[UUID], proofs: Collection[UUID] = ()) -> None:
    """Let the entries proved by these accounts' milestones be what the milestones say now.

    Live and adopting are of the first turn that was won; where another record has proved one already (a go-live, an imported date), that one
    stands. proofs: milestones, but for first uses, that may be gone since. Idempotent.
    """
    if not accounts:
        return
    rows = MilestoneReached.objects.filter(account_id__any_of=sorted(accounts))
    reached = list(rows.exclude(kind=MilestoneKind.FIRST_USE))
    turns = find_turns(ctx, column="account_id", ids=accounts)
    ids = [turn.pk for found in turns.values() for turn in found]
    won = set(counting_entries().filter(turn_id__any_of=ids, stage=Stage.WON).values_list("turn_id", flat=True))
    facts = []
    for row in reached:
        own = turns.get(row.account_id, [])
        stage = _OF_CUSTOMERS.get(MilestoneKind(row.kind))
        turn = next((turn for turn in own if turn.pk in won), None) if stage else next(iter(own), None)
        if row.kind == MilestoneKind.SIGN_UP and turn is not None and turn.lead_id is None:
            stage = Stage.LEAD
        if turn is not None and stage is not None:
            facts.append(StageFact(turn.pk, stage, row.reached_at, proof_kind=PROOF, proof_id=row.pk))
    settle_stages(ctx, {*(row.pk for row in reached), *proofs}, facts)
