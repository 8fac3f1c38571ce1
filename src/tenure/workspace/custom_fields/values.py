"""Reading and writing custom values, set-based over the rows of a chunk."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tenure.kernel.errors import FieldProblem, Invalid
from tenure.workspace.custom_fields.catalog import PREFIX, custom_fields
from tenure.workspace.custom_fields.slots import in_overflow, loaded, stored
from tenure.workspace.errors import CustomValueTaken
from tenure.workspace.models.custom_field import CustomField, CustomValueDigest
from tenure.workspace.rows import insert_rows

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context
    from tenure.workspace.models.slots import Slots
    from tenure.workspace.records.types import RecordType


def read_custom(ctx: Context, record: RecordType, rows: Sequence[Any], names: Collection[str]) -> list[dict[str, Any]]:
    """The custom values of the named fields, a mapping a row: those waiting to be written, else those kept."""
    wanted = [field for field in custom_fields(ctx, record.name) if PREFIX + field.key in names]
    kept = _slots_of(record, rows) if wanted and any(row.version > 1 or "custom" not in row.__dict__ for row in rows) else {}
    return [
        {
            PREFIX + field.key: row.__dict__.get("custom", {}).get(PREFIX + field.key, loaded(field, kept.get(row.pk)))
            for field in wanted
        }
        for row in rows
    ]


def write_custom(ctx: Context, record: RecordType, rows: Sequence[Any], *, is_new: bool) -> None:
    """Keep the values waiting on the rows (`row.custom`) in their slots. Raises Invalid, CustomValueTaken."""
    fields = custom_fields(ctx, record.name)
    if record.slots is None or not fields:
        return
    if is_new:
        _fill_defaults(fields, rows)
    changed = [row for row in rows if row.__dict__.get("custom")]
    if not changed:
        return
    kept = {} if is_new else _slots_of(record, changed)
    by_name = {PREFIX + field.key: field for field in fields}
    table = record.slots
    fresh = [_laid_over(table, kept.get(row.pk), row, record.account_of(row), by_name) for row in changed]
    for field in fields:
        if field.is_unique:
            _claim(ctx, field, changed)
    table.objects.filter(row_id__any_of=list(kept)).delete() if kept else None
    insert_rows(table, fresh)
    for row in changed:
        row.custom = {}


def _fill_defaults(fields: Sequence[CustomField], rows: Sequence[Any]) -> None:
    for field in fields:
        name = PREFIX + field.key
        for row in rows:
            given = row.__dict__.setdefault("custom", {})
            if given.get(name) is None and field.default is not None:
                given[name] = field.default
            if field.is_required and given.get(name) in (None, "", []):
                raise Invalid([FieldProblem(name, _("%(field)s is needed.") % {"field": field.label})])


def _slots_of(record: RecordType, rows: Sequence[Any]) -> dict[UUID, Slots]:
    if record.slots is None:
        return {}
    return {slots.row_id: slots for slots in record.slots.objects.filter(row_id__any_of=[row.pk for row in rows])}


def _laid_over(table: type[Slots], kept: Any, row: Any, account_id: UUID | None, by_name: dict[str, CustomField]) -> Slots:  # noqa: ANN401
    """The row's slots with its new values laid over the kept ones."""
    slots = kept or table(workspace_id=row.workspace_id, row_id=row.pk, overflow={})  # type: ignore[misc]
    slots.account_id = account_id
    for name, value in row.custom.items():
        field = by_name.get(name)
        if field is None:
            continue
        if field.slot:
            for column, part in stored(field, value).items():
                setattr(slots, column, part)
        else:
            slots.overflow = slots.overflow | {field.key: in_overflow(value)}
    return slots


def _claim(ctx: Context, field: CustomField, rows: Sequence[Any]) -> None:
    """Take the values of a unique field, or raise CustomValueTaken with the first that somebody else has."""
    name = PREFIX + field.key
    wanted = {row.pk: row.custom[name] for row in rows if row.custom.get(name) not in (None, "")}
    CustomValueDigest.objects.filter(field=field, row_id__any_of=[row.pk for row in rows if name in row.custom]).delete()
    digests = {_digest(value): (row_id, value) for row_id, value in wanted.items()}
    taken = set(CustomValueDigest.objects.filter(field=field, digest__in=list(digests)).values_list("digest", flat=True))
    clashing = next((digests[bytes(digest)][1] for digest in taken), None)
    if clashing is None and len(digests) < len(wanted):
        clashing = next(iter(wanted.values()))
    if clashing is not None:
        raise CustomValueTaken(field=field.label, value=str(clashing))
    insert_rows(
        CustomValueDigest,
        [
            CustomValueDigest(workspace_id=ctx.workspace.pk, field_id=field.pk, digest=digest, row_id=row_id)
            for digest, (row_id, _value) in digests.items()
        ],
    )


def _digest(value: Any) -> bytes:  # noqa: ANN401 - any value
    return hashlib.blake2b(str(value).strip().casefold().encode(), digest_size=16).digest()
