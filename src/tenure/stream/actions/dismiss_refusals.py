"""Refused calls that nobody needs are put aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tenure.kernel.errors import FieldProblem, Invalid
from tenure.stream.enums_of_governance import MarkState
from tenure.stream.models import RefusalMark
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MOST = 1_000


@action("stream.replay_refusals")
def dismiss_refusals(ctx: Context, keys: Sequence[str]) -> int:
    """Mark refused calls as dismissed; returns how many were open. They can still be read until the store lets them go.

    Raises Invalid for a malformed key. Idempotent: what is replayed or dismissed stays so.
    """
    ctx.require_everywhere("stream.replay_refusals")
    places = [_place(key) for key in keys[:MOST]]
    told = {"workspace_id": ctx.workspace.pk, "state": MarkState.DISMISSED, "at": ctx.now(), "by_id": ctx.actor.id}
    marks = [RefusalMark(seq=seq, idx=idx, by_name=ctx.actor.name, **told) for seq, idx in dict.fromkeys(places)]
    RefusalMark.objects.bulk_create(marks, ignore_conflicts=True)
    dismissed: int = RefusalMark.objects.filter(pk__in=[mark.pk for mark in marks]).count()
    ctx.audit(dismissed=dismissed)
    return dismissed


def _place(key: str) -> tuple[int, int]:
    seq, _, idx = key.partition("-")
    if not (seq.isdigit() and idx.isdigit() and int(seq) < 2**63 and int(idx) < 2**31):
        raise Invalid([FieldProblem("ids", f"{key[:40]!r} is no refused call.")])
    return int(seq), int(idx)
