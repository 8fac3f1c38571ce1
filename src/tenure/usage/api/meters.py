"""Meters over the API."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from tenure.usage.actions.archive_meter import archive_meter
from tenure.usage.actions.create_meter import create_meter
from tenure.usage.actions.publish_meter_version import publish_meter_version
from tenure.usage.api.cursors import DEFAULT_ROWS, After, Limit, page_by_id
from tenure.usage.models import Meter
from tenure.usage.queries.meters import get_meter, latest_version, latest_versions, list_meters, list_versions
from tenure.usage.schemas.meters import (
    MeterIn,
    MeterOut,
    MeterPage,
    MeterVersionIn,
    MeterVersionList,
    MeterVersionOut,
    meter_out,
    version_out,
)
from tenure.workspace.endpoints import ApiRequest, endpoint

router = Router(tags=["Meters"])


@router.get("/meters", response=MeterPage, operation_id="list_meters", summary="List meters")
@endpoint("usage.view")
def meters(
    request: ApiRequest,
    after: After = "",
    limit: Limit = DEFAULT_ROWS,
    archived: Annotated[bool, Query(description="Whether archived ones are listed too.")] = False,  # noqa: FBT002 - a parameter of the address
) -> MeterPage:
    """The meters with what they count at present, in the order in which they were made."""
    rows = list_meters(request.ctx, with_archived=archived)
    latest = latest_versions(rows)
    return page_by_id(rows, MeterPage, lambda meter: meter_out(meter, latest[meter.pk]), after, limit)


@router.post("/meters", response={201: MeterOut}, operation_id="create_meter", summary="Create a meter")
@endpoint("usage.create_meter")
def meters_post(request: ApiRequest, body: MeterIn, response: HttpResponse) -> MeterOut:
    """Publish a meter. It counts everything at once, also events of before."""
    made = create_meter(
        request.ctx,
        body.definition.definition(),
        name=body.name,
        key=body.key,
        unit=body.unit,
        description=body.description,
    )
    response["Location"] = f"{request.path}/{made.pk}"
    return _out(made)


@router.get("/meters/{uuid:meter_id}", response=MeterOut, operation_id="get_meter", summary="Get a meter")
@endpoint("usage.view")
def meter(request: ApiRequest, meter_id: UUID) -> MeterOut:
    """One meter with its latest version."""
    return _out(get_meter(request.ctx, meter_id))


@router.post("/meters/{uuid:meter_id}/archive", response=MeterOut, operation_id="archive_meter", summary="Archive a meter")
@endpoint("usage.archive_meter")
def meter_archive(request: ApiRequest, meter_id: UUID) -> MeterOut:
    """Offer it no more; what it counted can still be asked."""
    return _out(archive_meter(request.ctx, meter_id))


@router.get(
    "/meters/{uuid:meter_id}/versions",
    response=MeterVersionList,
    operation_id="list_meter_versions",
    summary="List a meter's versions",
)
@endpoint("usage.view")
def meter_versions(request: ApiRequest, meter_id: UUID) -> MeterVersionList:
    """What the meter counted when, the latest first."""
    return MeterVersionList(items=[version_out(version) for version in list_versions(get_meter(request.ctx, meter_id))])


@router.post(
    "/meters/{uuid:meter_id}/versions",
    response={201: MeterVersionOut},
    operation_id="publish_meter_version",
    summary="Publish a meter's next version",
)
@endpoint("usage.publish_meter_version")
def meter_versions_post(request: ApiRequest, meter_id: UUID, body: MeterVersionIn) -> MeterVersionOut:
    """Count otherwise from an instant on, or over everything. What the latest version says already makes no other."""
    definition = body.definition.definition()
    return version_out(publish_meter_version(request.ctx, meter_id, definition, effective_at=body.effective_at, note=body.note))


def _out(meter: Meter) -> MeterOut:
    return meter_out(meter, latest_version(meter))
