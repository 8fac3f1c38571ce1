"""Reads of the stage ledger that more than one caller needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from tenure.directory.models import StageEntry, Turn
from tenure.directory.models.turn import COUNTING

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def find_turns(_ctx: Context, *, column: str, ids: Collection[UUID]) -> dict[UUID, list[Turn]]:
    """Turns by what they are about, oldest first. column: `account_id`, `lead_id` or `opportunity_id`."""
    found: dict[UUID, list[Turn]] = {}
    for turn in Turn.objects.filter(**{f"{column}__in": list(ids)}).order_by("opened_at", "id"):
        found.setdefault(getattr(turn, column), []).append(turn)
    return found


def counting_entries() -> QuerySet[Any]:
    """The entries that count now: no reversals, nothing voided."""
    return StageEntry.objects.filter(COUNTING)


def lock_turns(turns: Iterable[UUID]) -> dict[UUID, Turn]:
    """The turns, locked in one order, so that two transactions never enter the same stage twice nor wait in a circle."""
    return {turn.pk: turn for turn in Turn.objects.filter(pk__in=set(turns)).order_by("pk").select_for_update()}
