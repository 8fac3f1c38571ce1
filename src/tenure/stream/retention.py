"""How long events are kept: whole months, dropped as partitions, which costs the store nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenure.stream.store.client import event_store

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from tenure.workspace.context import Context

MONTHS_A_YEAR = 12
_MONTHS = """
SELECT toYYYYMM(time) AS month, count() FROM events
WHERE workspace = {workspace:UUID} AND time < toDateTime64({end:String}, 6, 'UTC') GROUP BY month ORDER BY month"""
_DROP = "ALTER TABLE events DROP PARTITION ({{workspace:UUID}}, {month})"


@dataclass(frozen=True, slots=True)
class OldMonth:
    """A month of events. month: as 202611."""

    month: int
    events: int


def first_kept_month(today: date, kept_months: int) -> int:
    """The month, as 202611, before which events go. kept_months: whole months besides the one that is under way."""
    months = today.year * MONTHS_A_YEAR + today.month - 1 - kept_months
    return months // MONTHS_A_YEAR * 100 + months % MONTHS_A_YEAR + 1


def list_old_months(ctx: Context, kept_months: int) -> list[OldMonth]:
    """The months that are older than that, with how many events they have. Months are UTC's, as the store cuts them."""
    first = first_kept_month(ctx.now().date(), kept_months)
    end = f"{first // 100:04}-{first % 100:02}-01 00:00:00"
    rows = event_store().rows(_MONTHS, workspace=ctx.workspace.pk, end=end)
    return [OldMonth(int(month), int(count)) for month, count in rows]


def drop_month(workspace_id: UUID, month: int) -> None:
    """Let a whole month of a workspace's events go. Repeatable: a month that is gone stays gone."""
    event_store().everywhere().command(_DROP.format(month=int(month)), workspace=workspace_id)
