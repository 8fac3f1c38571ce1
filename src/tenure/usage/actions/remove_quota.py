"""A quota is no more."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.usage.events import QuotaRemoved
from tenure.usage.queries.quotas import get_quota
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("usage.remove_quota")
def remove_quota(ctx: Context, quota_id: UUID) -> None:
    """Remove the quota with what it has told; the account falls back to the default, where there is one.

    Raises NotFound, also when it is removed again.
    """
    quota = get_quota(ctx, quota_id, permission="usage.remove_quota", lock=True)
    ctx.require_everywhere("usage.remove_quota")
    event = QuotaRemoved(quota.pk, quota.account_id, None, quota.meter_id)
    ctx.audit(quota, meter=str(quota.meter_id))
    quota_pk = quota.pk
    quota.delete()
    quota.pk = quota_pk
    ctx.emit(event)
