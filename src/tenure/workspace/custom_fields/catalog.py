"""The custom fields of a kind of record in a workspace, read once per version."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.workspace.models.custom_field import CustomField

if TYPE_CHECKING:
    from tenure.workspace.context import Context

PREFIX = "custom_"


def custom_fields(ctx: Context, record: str) -> tuple[CustomField, ...]:
    """The live custom fields of `record` that the caller may see, in order. Asks the database only after a change."""
    if not ctx.workspace.custom_fields_version:
        return ()
    fields = _load(ctx.workspace.custom_fields_version, record)
    return fields if ctx.holds("workspace.see_restricted_fields") else tuple(field for field in fields if not field.is_restricted)


def custom_field_named(ctx: Context, record: str, name: str) -> CustomField | None:
    """The custom field behind a field name `custom_<key>`."""
    return next((field for field in custom_fields(ctx, record) if PREFIX + field.key == name), None)


def is_custom(name: str) -> bool:
    """Whether a field name is a custom field's."""
    return name.startswith(PREFIX)


def key_of(label: str) -> str:
    """The lasting key of a field: its first name in plain letters; of other scripts, the letters themselves."""
    folded = unicodedata.normalize("NFKD", label.casefold())
    plain = "".join(character for character in folded if not unicodedata.combining(character))
    return re.sub(r"[^\w]+", "_", plain).strip("_")[:60] or "field"


@lru_cache(maxsize=2_000)
def _load(_version: UUID, record: str) -> tuple[CustomField, ...]:
    return tuple(CustomField.objects.filter(record=record, retired_at__isnull=True).order_by("position", "created_at"))
