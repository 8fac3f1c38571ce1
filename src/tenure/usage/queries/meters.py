"""Meters, their versions and features."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.kernel.errors import NotFound
from tenure.usage.models import Feature, Meter, MeterVersion
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tenure.workspace.context import Context


def list_meters(ctx: Context, *, with_archived: bool = False) -> QuerySet[Meter]:
    """Meters in the order in which they were made."""
    rows: QuerySet[Meter] = Meter.objects.filter(scope_filter(ctx, "usage.view", Meter)).order_by("created_at", "id")
    return rows if with_archived else rows.filter(archived_at__isnull=True)


def get_meter(ctx: Context, meter_id: UUID, *, permission: str = "usage.view", lock: bool = False) -> Meter:
    """The meter, archived or not. Raises NotFound."""
    rows = Meter.objects.filter(scope_filter(ctx, permission, Meter), pk=meter_id)
    meter: Meter | None = (rows.select_for_update() if lock else rows).first()
    if meter is None:
        raise NotFound(kind="meter")
    return meter


def list_versions(meter: Meter) -> list[MeterVersion]:
    """All versions, the latest first."""
    return list(MeterVersion.objects.filter(meter=meter).order_by("-number"))


def latest_version(meter: Meter) -> MeterVersion:
    """The version published last."""
    return list_versions(meter)[0]


def latest_versions(meters: QuerySet[Meter]) -> dict[UUID, MeterVersion]:
    """The version of each meter that was published last, in one query."""
    rows = MeterVersion.objects.filter(meter__in=meters.order_by()).order_by("meter_id", "-number").distinct("meter_id")
    return {version.meter_id: version for version in rows}


def version_at(versions: list[MeterVersion], moment: datetime) -> MeterVersion:
    """The version in force at an instant: the latest that had begun; before all of them, the first. versions: the latest first."""
    return next((version for version in versions if version.counts_at(moment)), versions[-1])


def list_features(ctx: Context) -> QuerySet[Feature]:
    """Features: core ones first, then by name."""
    rows: QuerySet[Feature] = Feature.objects.filter(scope_filter(ctx, "usage.view", Feature))
    return rows.order_by("-is_core", "name", "id")


def get_feature(ctx: Context, feature_id: UUID, *, permission: str = "usage.view", lock: bool = False) -> Feature:
    """The feature. Raises NotFound."""
    rows = Feature.objects.filter(scope_filter(ctx, permission, Feature), pk=feature_id)
    feature: Feature | None = (rows.select_for_update() if lock else rows).first()
    if feature is None:
        raise NotFound(kind="feature")
    return feature
