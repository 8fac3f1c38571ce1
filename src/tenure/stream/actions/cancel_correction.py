"""A correction under way is stopped between two months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.stream.enums_of_governance import WorkState
from tenure.stream.errors_of_governance import CorrectionNotRunning
from tenure.stream.queries.corrections import get_correction
from tenure.workspace.action import action

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.stream.models import Correction
    from tenure.workspace.context import Context


@action("stream.correct_events")
def cancel_correction(ctx: Context, correction_id: UUID) -> Correction:
    """Stop it after the month it is at; what was corrected stays so. Raises NotFound, CorrectionNotRunning. Idempotent while it stops."""
    correction = get_correction(ctx, correction_id, lock=True)
    if not correction.is_under_way:
        raise CorrectionNotRunning
    correction.state = WorkState.CANCELLING
    correction.save(update_fields=["state"])
    ctx.audit(correction)
    return correction
