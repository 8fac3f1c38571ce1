"""What the usage room shows elsewhere: on an account's page, what it uses and how much of its quotas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tenure.directory.panels import Panel, register_panel
from tenure.stream.store.client import StoreUnavailable, event_store
from tenure.usage.domain.definitions import MeterDefinition
from tenure.usage.domain.quota_periods import period_at
from tenure.usage.enums import QuotaPeriod
from tenure.usage.models import Meter, Quota
from tenure.usage.queries.asking import Question, find_usage
from tenure.usage.queries.meters import latest_versions
from tenure.usage.queries.whose import find_spans
from tenure.usage.words import quantity

if TYPE_CHECKING:
    from tenure.directory.models import Account
    from tenure.workspace.context import Context

SHOWN_METERS = 8


def register_own_panels() -> None:
    """The panel of accounts."""
    register_panel(Panel("usage", _("Usage this month"), "usage/usage_panel.html", "usage.view", _usage, position=30))


def _usage(ctx: Context, account: Account) -> dict[str, Any] | None:
    """What the first meters counted this month; nothing where there is none, or the store does not answer."""
    meters = Meter.objects.filter(archived_at__isnull=True).order_by("created_at", "id")
    rows = list(meters[:SHOWN_METERS])
    if not rows:
        return None
    latest = latest_versions(meters)
    period = period_at(ctx.now(), QuotaPeriod.MONTH, ctx.workspace.tz)
    try:
        spans = tuple(find_spans(ctx, event_store(), [account.pk]))
        if not spans:
            return None
        definitions: list[MeterDefinition] = [latest[meter.pk].counts for meter in rows]
        (found,) = find_usage(ctx, event_store(), definitions, Question(period, ctx.workspace.tz, spans=spans))
    except StoreUnavailable:
        return None
    quotas = {quota.meter_id: quota for quota in _quotas(account)}
    return {
        "usage": [_row(ctx, meter, values[0], quotas.get(meter.pk)) for meter, values in zip(rows, found.values, strict=True)]
    }


def _quotas(account: Account) -> list[Quota]:
    """Monthly quotas of every account, then those of this one, which come over them."""
    monthly = Quota.objects.filter(period=QuotaPeriod.MONTH)
    return [*monthly.filter(account__isnull=True), *monthly.filter(account=account)]


def _row(ctx: Context, meter: Meter, used: Any, quota: Quota | None) -> dict[str, Any]:  # noqa: ANN401 - a decimal or None
    share = float(used * 100 / quota.amount) if quota is not None and used is not None else None
    highest = max(quota.thresholds, default=100) if quota is not None else 100
    return {
        "meter": meter,
        "value": quantity(used, ctx, meter.unit),
        "of": quantity(quota.amount, ctx) if quota is not None else "",
        "share": share,
        "tone": "" if share is None or quota is None or not quota.reached(used) else "rose" if share >= highest else "amber",
    }
