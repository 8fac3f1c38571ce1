"""One record of any kind by id, as far as the caller may see or change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.kernel.errors import NotFound
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenure.workspace.context import Context
    from tenure.workspace.records import RecordType


def get_record(ctx: Context, record: RecordType, row_id: UUID, *, permission: str = "", related: Sequence[str] = ()) -> Any:  # noqa: ANN401 - a row of the record's model
    """The living row, where the caller holds `permission` (viewing, unless one is named) on it; else raises NotFound."""
    rows = record.model.objects.filter(scope_filter(ctx, permission or record.view_permission, record.model), pk=row_id)
    row = (rows.select_related(*related) if related else rows).first()
    if row is None:
        raise NotFound(kind=record.name)
    return row
