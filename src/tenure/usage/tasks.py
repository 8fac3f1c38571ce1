"""Jobs of the usage room: quotas are looked at every ten minutes; what meters add up gets its columns, and rollups where they pay."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from procrastinate import RetryStrategy

from tenure.stream.store.property_columns import ensure_column
from tenure.usage.actions.check_quotas import check_quotas as check
from tenure.usage.actions.recount_milestones import recount_milestones as recount
from tenure.usage.actions.set_milestones import RECOUNT
from tenure.usage.rolling_up import roll_up
from tenure.workspace.bulk import BEFORE_ALL
from tenure.workspace.jobs import defer_once_everywhere, installation_job, job

if TYPE_CHECKING:
    from tenure.workspace.context import Context

CHECK = "usage.check_quotas"
ROLL_UP = "usage.roll_up"
RETRIES = RetryStrategy(max_attempts=5, wait=60)


@installation_job("usage.begin_quota_checks", cron="*/10 * * * *")
def begin_quota_checks(*, timestamp: int) -> None:
    """Have the quotas of every workspace looked at."""
    del timestamp
    defer_once_everywhere(CHECK)


@job(CHECK, is_rescued=True)
def check_quotas(ctx: Context) -> None:
    """Raise the alerts of quotas that accounts have come to."""
    check(ctx)


@job("usage.ensure_columns", retry=RETRIES, is_rescued=True)
def ensure_columns(ctx: Context, *, properties: list[str]) -> None:
    """Give properties that meters add up a column of their own, and a rollup where it pays."""
    for name in properties:
        ensure_column(name)
    roll_up(ctx)


@installation_job("usage.begin_rollups", cron="17 3 * * *")
def begin_rollups(*, timestamp: int) -> None:
    """Have every workspace's meters looked at: what did not pay yesterday may pay today."""
    del timestamp
    defer_once_everywhere(ROLL_UP)


@job(ROLL_UP, retry=RETRIES, is_rescued=True)
def keep_rollups(ctx: Context) -> None:
    """Give what meters add up its rollups, where they pay."""
    roll_up(ctx)


@job(RECOUNT, retry=RETRIES, is_rescued=True)
def recount_milestones(ctx: Context, *, after: str = str(BEFORE_ALL)) -> None:
    """Read everybody's history anew, a thousand accounts at a time."""
    last: UUID | None = UUID(after)
    while last is not None:
        last = recount(ctx, last)
