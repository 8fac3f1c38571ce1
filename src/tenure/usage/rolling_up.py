"""Rollups of what meters add up, where a workspace's events are many and alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.stream.store.client import event_store
from tenure.stream.store.property_columns import list_columns
from tenure.stream.store.rollups import ensure_rollup, pays
from tenure.usage.models import MeterVersion
from tenure.usage.queries.rollup import is_rolled_up
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def roll_up(ctx: Context) -> None:
    """Give each column that a meter in use adds up its rollup, once it pays. Idempotent. Raises StoreUnavailable."""
    with enter(ctx.scope):
        versions = list(MeterVersion.objects.filter(meter__archived_at__isnull=True).order_by("meter__created_at", "number"))
    summed = dict.fromkeys(each.counts.value for each in versions if is_rolled_up(each.counts))
    store = event_store()
    if not summed or not pays(ctx.workspace.pk, store):
        return
    columns = list_columns(store)
    for column in sorted(f"p_{value}" for value in summed if value):
        if column in columns:
            ensure_rollup(column, store)
    if "" in summed:
        ensure_rollup(None, store)
