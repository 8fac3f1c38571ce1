"""What milestones mean has changed: everybody's history is read anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from tenure.usage.actions.settle_milestones import settle_milestones
from tenure.workspace.action import action
from tenure.workspace.bulk import BEFORE_ALL

if TYPE_CHECKING:
    from tenure.workspace.context import Context

ACCOUNTS_AT_ONCE = 1000
_NEXT = """
SELECT account_id FROM (
  SELECT account_id FROM stream_tie WHERE workspace_id = tenure_workspace() AND account_id > %(after)s
  UNION SELECT account_id FROM usage_milestonereached WHERE workspace_id = tenure_workspace() AND account_id > %(after)s
) AS known ORDER BY account_id LIMIT %(limit)s
"""


@action("usage.set_milestones")
def recount_milestones(ctx: Context, after: UUID = BEFORE_ALL) -> UUID | None:
    """Settle the next thousand accounts behind `after` that have events or milestones; returns the last, None when there are no more.

    Idempotent by its arguments. Raises StoreUnavailable.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"after": after, "limit": ACCOUNTS_AT_ONCE})
        accounts = [account for (account,) in cursor.fetchall()]
    settle_milestones(replace(ctx, is_backfill=True), accounts)
    return accounts[-1] if len(accounts) == ACCOUNTS_AT_ONCE else None
