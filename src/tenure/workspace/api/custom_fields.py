"""Definitions of custom fields over the API: the fields that a workspace adds to its records."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.db.models import Q
from ninja import Query, Router

from tenure.workspace.actions.create_custom_field import create_custom_field
from tenure.workspace.actions.retire_custom_field import reinstate_custom_field, retire_custom_field
from tenure.workspace.actions.update_custom_field import update_custom_field
from tenure.workspace.custom_field_schemas import (
    CustomFieldIn,
    CustomFieldOut,
    CustomFieldPatch,
    CustomFieldsOut,
    custom_field_out,
)
from tenure.workspace.endpoints import ApiRequest, endpoint, given_values
from tenure.workspace.models import CustomField

router = Router(tags=["Custom fields"])


@router.get("/custom-fields", response=CustomFieldsOut, operation_id="list_custom_fields", summary="List custom fields")
@endpoint("workspace.view")
def custom_fields(
    request: ApiRequest,
    record: Annotated[str, Query(max_length=60, description="Only those of one kind of record.")] = "",
    include_retired: Annotated[bool, Query(description="Also those that are no longer wanted.")] = False,  # noqa: FBT002 - a parameter of the query
) -> CustomFieldsOut:
    """The workspace's own fields. Records carry their values as `custom.KEY`, lists filter by them as `custom_KEY`."""
    wanted = Q(record=record) if record else Q()
    if not include_retired:
        wanted &= Q(retired_at__isnull=True)
    if not request.ctx.holds("workspace.see_restricted_fields"):
        wanted &= Q(is_restricted=False)
    found = CustomField.objects.filter(wanted).order_by("record", "position", "created_at")
    return CustomFieldsOut(items=[custom_field_out(field) for field in found])


@router.post(
    "/custom-fields", response={201: CustomFieldOut}, operation_id="create_custom_field", summary="Create a custom field"
)
@endpoint("workspace.create_custom_field")
def custom_fields_post(request: ApiRequest, body: CustomFieldIn) -> CustomFieldOut:
    """Add a field to a kind of record: it is in forms, lists, imports and the API at once."""
    made = create_custom_field(
        request.ctx,
        body.record,
        body.label,
        body.kind.value,
        choices=body.choices,
        group=body.group,
        help_text=body.help,
        currency=body.currency,
        is_required=body.is_required,
        is_unique=body.is_unique,
        is_restricted=body.is_restricted,
    )
    return custom_field_out(made)


@router.patch(
    "/custom-fields/{uuid:field_id}", response=CustomFieldOut, operation_id="update_custom_field", summary="Change a custom field"
)
@endpoint("workspace.update_custom_field")
def custom_field_patch(request: ApiRequest, field_id: UUID, body: CustomFieldPatch) -> CustomFieldOut:
    """Rename it, or change its rules; its values stay."""
    return custom_field_out(update_custom_field(request.ctx, field_id, given_values(body)))


@router.post(
    "/custom-fields/{uuid:field_id}/retire",
    response=CustomFieldOut,
    operation_id="retire_custom_field",
    summary="Retire a custom field",
)
@endpoint("workspace.retire_custom_field")
def custom_field_retire(request: ApiRequest, field_id: UUID) -> CustomFieldOut:
    """Take it off records and lists. Its values stay, so that it can come back."""
    return custom_field_out(retire_custom_field(request.ctx, field_id))


@router.post(
    "/custom-fields/{uuid:field_id}/reinstate",
    response=CustomFieldOut,
    operation_id="reinstate_custom_field",
    summary="Bring a custom field back",
)
@endpoint("workspace.retire_custom_field")
def custom_field_reinstate(request: ApiRequest, field_id: UUID) -> CustomFieldOut:
    """Bring a retired field back, with its values."""
    return custom_field_out(reinstate_custom_field(request.ctx, field_id))
