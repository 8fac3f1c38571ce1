"""A workspace adds a field of its own to a kind of record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext as _

from tenure.kernel.errors import FieldProblem, Invalid, NotFound
from tenure.kernel.ids import uuid7
from tenure.workspace.action import action, declare_permission
from tenure.workspace.custom_fields.catalog import key_of
from tenure.workspace.custom_fields.slots import free_slot
from tenure.workspace.enums import CustomKind
from tenure.workspace.errors import CustomFieldKeyTaken
from tenure.workspace.models import CustomField, Workspace
from tenure.workspace.records import record_types

if TYPE_CHECKING:
    from tenure.workspace.context import Context

declare_permission("workspace.see_restricted_fields")
MAX_FIELDS = 200


@action("workspace.create_custom_field")
def create_custom_field(  # noqa: PLR0913
    ctx: Context, record: str, label: str, kind: str, *, choices: Sequence[str] = (), group: str = "", help_text: str = "",
    currency: str = "", is_required: bool = False, is_unique: bool = False, is_restricted: bool = False,
) -> CustomField:  # fmt: skip
    """Add a field called `label` to records of kind `record`; it is live on every worker at its next request.

    Raises NotFound for a kind that takes none, Invalid, CustomFieldKeyTaken. Not idempotent.
    """
    ctx.require_everywhere("workspace.create_custom_field")
    type_ = record_types.get(record)
    if type_ is None or type_.slots is None:
        raise NotFound(kind="record")
    label = label.strip()[:80]
    if not label or kind not in CustomKind.values:
        raise Invalid([FieldProblem("label", _("Give the field a name and a kind."))])
    key = key_of(label)
    existing = CustomField.objects.filter(record=record)
    if existing.filter(key=key).exists() or key in type_.by_name:
        raise CustomFieldKeyTaken(label=label)
    taken = set(existing.values_list("slot", flat=True))
    if existing.count() >= MAX_FIELDS:
        raise Invalid([FieldProblem("label", _("A kind of record can have 200 fields of your own."))])
    field = CustomField.objects.create(
        workspace_id=ctx.workspace.pk,
        record=record,
        key=key,
        label=label,
        kind=kind,
        slot=free_slot(kind, taken),
        group=group,
        help=help_text,
        choices=[choice.strip() for choice in choices if choice.strip()],
        currency=currency or (ctx.workspace.currency if kind == CustomKind.MONEY else ""),
        is_required=is_required,
        is_unique=is_unique,
        is_restricted=is_restricted,
        position=(existing.aggregate(last=Max("position"))["last"] or 0) + 1,
        created_at=ctx.now(),
    )
    renew_catalog(ctx)
    ctx.audit(field, record=record, key=key, kind=kind)
    return field


def renew_catalog(ctx: Context) -> None:
    """Tell every worker, by the workspace's version, to read the catalogue anew; the caller's own context too."""
    ctx.workspace.custom_fields_version = uuid7()
    Workspace.objects.update(custom_fields_version=ctx.workspace.custom_fields_version)
