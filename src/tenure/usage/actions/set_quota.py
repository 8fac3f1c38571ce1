"""An account, or every account, may use so much of a meter in a period."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.queries.accounts import get_account
from tenure.usage.domain.definitions import NOTHING_IS_ZERO
from tenure.usage.enums import Aggregation, QuotaPeriod
from tenure.usage.errors import MeterHasNoQuota, MeterIsArchived, QuotaAmountInvalid, QuotaThresholdsInvalid
from tenure.usage.events import QuotaSet
from tenure.usage.models import Quota
from tenure.usage.queries.meters import get_meter, latest_version
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MOST_THRESHOLDS, HIGHEST_THRESHOLD = 10, 1000
_LARGEST = Decimal(10) ** 26
_USED_UP = NOTHING_IS_ZERO | {Aggregation.MAX}


@action("usage.set_quota")
def set_quota(
    ctx: Context,
    meter_id: UUID,
    *,
    amount: Decimal,
    account_id: UUID | None = None,
    period: QuotaPeriod = QuotaPeriod.MONTH,
    thresholds: Sequence[int] = (80, 100),
) -> Quota:
    """Let an account use `amount` of the meter a period; without an account it is the default of all that have none of their own.

    thresholds: per cent of the amount at which the account's owner is told. Raises NotFound, MeterIsArchived, MeterHasNoQuota,
    QuotaAmountInvalid, QuotaThresholdsInvalid. Idempotent by (meter, account): set again, it changes.
    """
    meter = get_meter(ctx, meter_id, permission="usage.set_quota", lock=True)
    ctx.require_everywhere("usage.set_quota")
    if account_id is not None:
        get_account(ctx, account_id, permission="usage.set_quota")
    if meter.is_archived:
        raise MeterIsArchived
    if latest_version(meter).counts.aggregation not in _USED_UP:
        raise MeterHasNoQuota
    if not amount.is_finite() or not 0 < amount < _LARGEST:
        raise QuotaAmountInvalid
    values = {"amount": amount, "period": period, "thresholds": _checked(thresholds), "set_at": ctx.now()}
    quota: Quota
    quota, _is_new = Quota.objects.update_or_create(
        workspace_id=ctx.workspace.pk, meter=meter, account_id=account_id, defaults=values
    )
    ctx.audit(quota, meter=meter.key, amount=str(amount))
    ctx.emit(QuotaSet(quota.pk, account_id, None, meter.pk, amount, str(period)))
    return quota


def _checked(thresholds: Sequence[int]) -> list[int]:
    rising = sorted(set(thresholds))
    if len(rising) != len(thresholds) or len(rising) > MOST_THRESHOLDS:
        raise QuotaThresholdsInvalid(most=MOST_THRESHOLDS)
    if any(not 1 <= percent <= HIGHEST_THRESHOLD for percent in rising):
        raise QuotaThresholdsInvalid(most=MOST_THRESHOLDS)
    return rising
