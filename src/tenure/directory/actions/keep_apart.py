"""Two records look alike, and somebody says that they are two."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.errors import MergeWithItself
from tenure.directory.models import DistinctPair
from tenure.kernel.errors import NotFound
from tenure.workspace.action import action
from tenure.workspace.reach import scope_filter
from tenure.workspace.records import RecordType

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.merge_accounts")
def keep_apart(ctx: Context, record: RecordType, one_id: UUID, other_id: UUID) -> None:
    """Offer the pair no more as duplicates. Raises MergeWithItself, NotFound. Idempotent by the pair, in either order."""
    if one_id == other_id:
        raise MergeWithItself
    first, second = sorted((one_id, other_id))
    seen = record.model.objects.filter(scope_filter(ctx, record.view_permission, record.model), pk__in=[first, second]).count()
    if seen != len((first, second)):
        raise NotFound(kind=record.name)
    DistinctPair.objects.get_or_create(
        workspace_id=ctx.workspace.pk,
        first_id=first,
        second_id=second,
        defaults={"record": record.name, "said_by_id": ctx.member_id, "said_at": ctx.now()},
    )
    ctx.audit(None, record=record.name, pair=[str(first), str(second)])
