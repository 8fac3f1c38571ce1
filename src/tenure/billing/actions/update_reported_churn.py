"""Somebody corrects a report of churn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.billing.models import ReportedChurn
from tenure.billing.queries.reported_churn import get_reported_churn
from tenure.billing.records import REPORTED_CHURN
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("billing.update_reported_churn")
def update_reported_churn(
    ctx: Context, report_id: UUID, values: Mapping[str, Any], *, version: int | None = None
) -> ReportedChurn:
    """Set the fields in `values`, as a change set of one row. Raises NotFound, RecordChanged, ExternalIdTaken. Idempotent."""
    report = get_reported_churn(ctx, report_id, permission="billing.update_reported_churn", lock=True)
    edit_record(ctx, REPORTED_CHURN, report, values, version=version)
    return report
