"""What a record may point at: living records of its own workspace, within the reach of whoever writes it.

A foreign key alone does not see to it: PostgreSQL checks keys past row-level security. Rule: DESIGN.md, Safety; grants.md point 3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import ForeignKey
from django.utils.translation import gettext as _

from tenure.kernel.errors import FieldProblem
from tenure.workspace.errors import OutOfReach, ReferenceUnknown
from tenure.workspace.models.base import Scoped
from tenure.workspace.reach import scope_filter
from tenure.workspace.records.types import record_types

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context
    from tenure.workspace.records.types import RecordType


class Written(NamedTuple):
    """A row about to be written, and which of its columns are new (None: all, the row itself is)."""

    row: Any
    columns: Collection[str] | None = None


def guard_references(ctx: Context, record: RecordType, written: Sequence[Written], permission: str) -> None:
    """Raise ReferenceUnknown, OutOfReach where a row would point at, or stand below, what the caller may not reach.

    permission: the right the rows are written by. One query for each column that points at records.
    """
    place = _place_of(record)
    for field in _references(record):
        column = field.attname
        wanted = {one.row.__dict__[column] for one in written if one.columns is None or column in one.columns} - {None}
        if not wanted:
            continue
        if field.related_model is record.model:
            wanted -= {one.row.pk for one in written}
        missing = wanted - _reachable(ctx, field.related_model, wanted, permission if field.attname == place else "")
        if missing:
            name = next((one.name for one in record.fields if record.column_of(one.name) == field.attname), field.name)
            raise ReferenceUnknown([FieldProblem(name, _("There is no such record, or you may not see it."))])
    _guard_place(ctx, record, written, place, permission)


def _references(record: RecordType) -> Iterable[ForeignKey[Any, Any]]:
    fields = record.model._meta.concrete_fields
    return [field for field in fields if isinstance(field, ForeignKey) and field.name != "workspace"]


def _place_of(record: RecordType) -> str:
    """The column that says below which account a row stands: of an account itself, its parent."""
    column = record.model.fence_account or ""
    return "parent_id" if column == "id" else column


def _reachable(ctx: Context, target: Any, ids: Collection[UUID], permission: str) -> set[UUID]:  # noqa: ANN401 - any model
    if not ids or not issubclass(target, Scoped):
        return set(ids)
    pointed_at = next((one for one in record_types.values() if one.model is target), None)
    held = [name for name in (permission, pointed_at.view_permission if pointed_at else "") if name and ctx.holds(name)]
    rows = target.objects.filter(pk__any_of=list(ids))
    return set((rows.filter(scope_filter(ctx, held[0], target)) if held else rows).values_list("pk", flat=True))


def _guard_place(ctx: Context, record: RecordType, written: Sequence[Written], place: str, permission: str) -> None:
    """Whoever reaches only some accounts writes no row that stands below none of them, unless it is their own."""
    if not place or not ctx.holds(permission):
        return
    reach = ctx.authority.reach(permission)
    if reach.everything:
        return
    owner = getattr(record.model, "owner_path", "") if reach.owned else ""
    for one in written:
        is_placed_anew = one.columns is None or place in one.columns
        if is_placed_anew and getattr(one.row, place) is None and not (owner and getattr(one.row, owner, None) == ctx.member_id):
            raise OutOfReach
