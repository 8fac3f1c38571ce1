"""Notes, activities, tasks and files by id, and what an account's page shows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from tenure.kernel.errors import NotFound
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models.base import Record

Touch = TypeVar("Touch", bound="Record")


def get_touch(ctx: Context, model: type[Touch], key: UUID, *, permission: str = "directory.view") -> Touch:
    """The living record, where the caller holds `permission` on its account (of a task: or it is theirs); else raises NotFound."""
    row = model.objects.filter(scope_filter(ctx, permission, model), pk=key).first()
    if row is None:
        raise NotFound(kind=model.__name__.lower())
    return row
