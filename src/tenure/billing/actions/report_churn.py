"""Somebody says that an account left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from tenure.billing.models import ReportedChurn
from tenure.billing.records import REPORTED_CHURN
from tenure.workspace.action import action
from tenure.workspace.records import guard_external_id, insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("billing.report_churn")
def report_churn(ctx: Context, values: Mapping[str, Any]) -> ReportedChurn:
    """Write a report. values: field name (records/reported_churn.py) to typed value; account and churned_on are needed.

    It moves no MRR: what ends is a subscription (end_subscription). Raises ExternalIdTaken, AmountNegative, CurrencyUnknown.
    """
    guard_external_id(REPORTED_CHURN, values)
    report = cast("ReportedChurn", REPORTED_CHURN.build(ctx, dict(values)))
    insert_records(ctx, REPORTED_CHURN, [report], values.keys())
    ctx.audit(report, fields=sorted(values))
    return report
