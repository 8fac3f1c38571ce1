"""Turns for tests: prospects with the day they entered each stage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from tenure.directory.actions.enter_stages import enter_stages
from tenure.directory.actions.open_turns import NewTurn, open_turns
from tenure.directory.stage_ledger import StageFact

TODAY = datetime(2026, 7, 1, 12, tzinfo=UTC)


def ago(days: float) -> datetime:
    return TODAY - timedelta(days=days)


def enter_turns(company, turns: list[dict[str, float]], accounts=None) -> list[UUID]:
    """One turn per mapping from stage to days before TODAY."""
    ctx = company.owner.ctx
    accounts = accounts or [None] * len(turns)
    made = open_turns(
        ctx,
        [
            NewTurn(f"lead:{number}", ago(max(stages.values())), account_id=account.pk if account else None)
            for number, (stages, account) in enumerate(zip(turns, accounts, strict=True))
        ],
    )
    keys = list(made.values())
    enter_stages(
        ctx, [StageFact(key, stage, ago(days)) for key, stages in zip(keys, turns, strict=True) for stage, days in stages.items()]
    )
    return keys
