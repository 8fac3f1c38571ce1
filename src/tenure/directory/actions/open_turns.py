"""Trips through the bow-tie begin: a lead, a deal without a lead, a customer who was imported as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from tenure.directory.enums import TurnKind
from tenure.directory.events import TurnOpened
from tenure.directory.models import Turn
from tenure.kernel.ids import uuid7
from tenure.workspace.action import action
from tenure.workspace.rows import insert_rows

if TYPE_CHECKING:
    from tenure.workspace.context import Context

# Two transactions that open the same turn: the second waits here and then finds it.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('directory.open_turns ' || tenure_workspace(), 0))"


@dataclass(frozen=True, slots=True)
class NewTurn:
    """A turn to open. key: what opens it, once and for all: `lead:<id>`, `opportunity:<id>`, `account:<id>`."""

    key: str
    opened_at: datetime
    kind: str = TurnKind.FIRST_PURCHASE
    account_id: UUID | None = None
    lead_id: UUID | None = None
    opportunity_id: UUID | None = None
    id: UUID = field(default_factory=uuid7)


@action("directory.record_stages")
def open_turns(ctx: Context, turns: Sequence[NewTurn]) -> dict[str, UUID]:
    """Open the turns that are not open yet; every key's turn, new or found.

    Set-based. Idempotent by key: a turn that is there stays as it is (link_turns gives it another account).
    """
    if not turns:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    by_key = {turn.key: turn for turn in turns}
    found: dict[str, UUID] = dict(Turn.objects.filter(key__in=list(by_key)).values_list("key", "pk"))
    fresh = [turn for key, turn in by_key.items() if key not in found]
    insert_rows(
        Turn,
        [
            Turn(
                id=turn.id,
                workspace_id=ctx.workspace.pk,
                key=turn.key,
                kind=turn.kind,
                account_id=turn.account_id,
                lead_id=turn.lead_id,
                opportunity_id=turn.opportunity_id,
                opened_at=turn.opened_at,
            )
            for turn in fresh
        ],
    )
    ctx.emit(TurnOpened(turn.id, turn.account_id, None, kind=turn.kind) for turn in fresh)
    return found | {turn.key: turn.id for turn in fresh}
