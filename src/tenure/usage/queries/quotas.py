"""Quotas, and how much of them is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.kernel.errors import NotFound
from tenure.kernel.period import Period
from tenure.usage.models import Meter, MeterVersion, Quota
from tenure.usage.queries.asking import ACCOUNT, Question, find_usage
from tenure.usage.queries.meters import version_at
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tenure.stream.store.client import EventStore
    from tenure.usage.domain.definitions import MeterDefinition
    from tenure.workspace.context import Context


def list_quotas(ctx: Context) -> QuerySet[Quota]:
    """Quotas with their meters and accounts: defaults first."""
    rows: QuerySet[Quota] = Quota.objects.filter(scope_filter(ctx, "usage.view", Quota))
    return rows.select_related("meter", "account").order_by("meter__created_at", "account__name_sort", "id")


def get_quota(ctx: Context, quota_id: UUID, *, permission: str = "usage.view", lock: bool = False) -> Quota:
    """The quota. Raises NotFound."""
    rows = Quota.objects.filter(scope_filter(ctx, permission, Quota), pk=quota_id)
    rows = rows.select_for_update(of=("self",)) if lock else rows.select_related("meter", "account")
    quota: Quota | None = rows.first()
    if quota is None:
        raise NotFound(kind="quota")
    return quota


def usage_of_quotas(
    ctx: Context, store: EventStore, quotas: Sequence[Quota], period: Period[datetime]
) -> Iterator[tuple[Quota, UUID, Decimal]]:
    """(quota, account, used) for every account that used anything, by its own quota or else the meter's default."""
    if not quotas:
        return
    meters = list({quota.meter_id: quota.meter for quota in quotas}.values())
    definitions = _definitions(meters, period.start)
    own = {(quota.meter_id, quota.account_id): quota for quota in Quota.objects.filter(meter__in=meters)}
    asked = {quota.pk for quota in quotas}
    for row in find_usage(ctx, store, definitions, Question(period, ctx.workspace.tz, by=(ACCOUNT,))):
        account_id = row.keys[0]
        if not isinstance(account_id, UUID):
            continue
        for meter, values in zip(meters, row.values, strict=True):
            quota = own.get((meter.pk, account_id)) or own.get((meter.pk, None))
            if quota is not None and quota.pk in asked and values[0]:
                yield quota, account_id, values[0]


def _definitions(meters: Iterable[Meter], moment: datetime) -> list[MeterDefinition]:
    """What each meter counts at an instant."""
    versions: dict[UUID, list[MeterVersion]] = {meter.pk: [] for meter in meters}
    for version in MeterVersion.objects.filter(meter__in=list(versions)).order_by("-number"):
        versions[version.meter_id].append(version)
    return [version_at(found, moment).counts for found in versions.values()]
