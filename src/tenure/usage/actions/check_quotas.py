"""Tenure looks how much of their quotas accounts have used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from tenure.kernel.period import Period
from tenure.stream.store.client import event_store
from tenure.usage.domain.quota_periods import period_at
from tenure.usage.enums import QuotaPeriod
from tenure.usage.events import QuotaThresholdReached
from tenure.usage.models import Quota, QuotaAlert
from tenure.usage.queries.quotas import usage_of_quotas
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context


class Reached(NamedTuple):
    """An account at a threshold."""

    quota: Quota
    account_id: UUID
    threshold: int
    used: Decimal


@action("usage.check_quotas")
def check_quotas(ctx: Context) -> int:
    """Raise the alerts of every threshold that an account has come to in the period under way; returns how many were new.

    Idempotent by (quota, account, period, threshold). Raises StoreUnavailable.
    """
    ctx.require_everywhere("usage.check_quotas")
    by_period: dict[str, list[Quota]] = defaultdict(list)
    for quota in Quota.objects.filter(meter__archived_at__isnull=True).select_related("meter").order_by("id"):
        by_period[quota.period].append(quota)
    raised = 0
    for name, quotas in by_period.items():
        period = period_at(ctx.now(), QuotaPeriod(name), ctx.workspace.tz)
        raised += _raise_alerts(ctx, period, _reached(ctx, quotas, period))
    return raised


def _reached(ctx: Context, quotas: list[Quota], period: Period[datetime]) -> list[Reached]:
    """What accounts have come to: each by its own quota, or by the default of the meter."""
    found = []
    for quota, account_id, used in usage_of_quotas(ctx, event_store(), quotas, period):
        found += [Reached(quota, account_id, threshold, used) for threshold in quota.reached(used)]
    return found


def _raise_alerts(ctx: Context, period: Period[datetime], reached: Iterable[Reached]) -> int:
    """Write and tell those that were not raised before in the period."""
    known = set(QuotaAlert.objects.filter(period_started_at=period.start).values_list("quota_id", "account_id", "threshold"))
    fresh = [each for each in reached if (each.quota.pk, each.account_id, each.threshold) not in known]
    QuotaAlert.objects.bulk_create(
        [
            QuotaAlert(
                workspace_id=ctx.workspace.pk,
                quota=each.quota,
                account_id=each.account_id,
                period_started_at=period.start,
                threshold=each.threshold,
                used=each.used,
                raised_at=ctx.now(),
            )
            for each in fresh
        ],
        batch_size=1000,
    )
    ctx.emit(
        QuotaThresholdReached(
            each.quota.pk, each.account_id, None, each.quota.meter_id, period.start, each.threshold, each.used, each.quota.amount
        )
        for each in fresh
    )
    return len(fresh)
