"""Reports of churn that should not be there go; they come back by undo."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.billing.models import ReportedChurn
from tenure.billing.records import REPORTED_CHURN
from tenure.kernel.errors import NotFound
from tenure.workspace.action import action
from tenure.workspace.actions.bulk_delete import bulk_delete
from tenure.workspace.models import ChangeSet
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("billing.delete_reported_churn")
def delete_reported_churn(ctx: Context, ids: Collection[UUID], *, reason: str = "") -> ChangeSet:
    """Delete the reports the caller may delete, as one change set. Raises NotFound where none of them is there."""
    rows = ReportedChurn.objects.filter(scope_filter(ctx, "billing.delete_reported_churn", ReportedChurn), pk__in=list(ids))
    found = list(rows.select_for_update(of=("self",)))
    if not found:
        raise NotFound(kind="reported_churn")
    return bulk_delete(ctx, REPORTED_CHURN, found, reason=reason)
