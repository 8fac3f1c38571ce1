"""How long a workspace keeps its events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.kernel.errors import FieldProblem, Invalid
from tenure.stream.events_of_governance import RetentionChanged
from tenure.stream.models.governance import MOST_MONTHS
from tenure.stream.queries.governance import governance_of
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.stream.models import Governance
    from tenure.workspace.context import Context


@action("stream.set_retention")
def set_retention(ctx: Context, kept_months: int | None) -> Governance:
    """Keep whole months of events; None keeps them for ever. What is older goes with the next daily run and cannot come back.

    Raises Invalid, PermissionMissing. Idempotent.
    """
    ctx.require_everywhere("stream.set_retention")
    if kept_months is not None and not 1 <= kept_months <= MOST_MONTHS:
        raise Invalid([FieldProblem("kept_months", f"Between 1 and {MOST_MONTHS} months, or none for ever.")])
    governance = governance_of(ctx, lock=True)
    before = governance.kept_months
    if before != kept_months:
        governance.kept_months = kept_months
        governance.save(update_fields=["kept_months"])
        ctx.emit(RetentionChanged(governance.pk, None, None, kept_months=kept_months))
    ctx.audit(governance, before=before, kept_months=kept_months)
    return governance
