"""Jobs of billing: long work that follows from what was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procrastinate import RetryStrategy

from tenure.billing.passing_days import recount as recount_items
from tenure.workspace.jobs import job

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@job("billing.recount", retry=RetryStrategy(max_attempts=5, wait=60), is_rescued=True)
def recount(ctx: Context, *, relock: bool) -> None:
    """Count all items in another currency, or by another clock. Begins anew after a failure; what is right stays."""
    recount_items(ctx, relock=relock)
