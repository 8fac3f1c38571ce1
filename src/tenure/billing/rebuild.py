"""All movements of a workspace brought in step with its facts, account by account in batches, each a transaction of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import connection

from tenure.billing.book import open_family_book
from tenure.billing.movement_ledger import computed_movements, write_differences
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from tenure.workspace.context import Context

BATCH_ACCOUNTS = 4_000

# Billing parents in the order of their ids; deleted accounts, which stand in no tree, are their own.
_PARENTS = """
SELECT DISTINCT coalesce(
  (SELECT ancestor_id FROM workspace_accountpath AS path
   WHERE path.workspace_id = (SELECT tenure_workspace()) AND path.descendant_id = account.account_id ORDER BY depth DESC LIMIT 1), account.account_id)
FROM (SELECT DISTINCT account_id FROM billing_itemfact WHERE workspace_id = (SELECT tenure_workspace()) AND superseded_at IS NULL) AS account
"""


def rebuild_movements(ctx: Context) -> None:
    """Let every movement be what the facts say. Idempotent: what is right stays as it was recorded. Memory holds one batch."""
    for batch in _batches(ctx):
        with enter(ctx.scope):
            book = open_family_book(batch)
            write_differences(ctx, book, computed_movements(ctx, book), ctx.now())


def _batches(ctx: Context) -> Iterator[list[str]]:
    with enter(ctx.scope), connection.cursor() as cursor:
        cursor.execute(_PARENTS)
        parents = sorted(str(parent) for (parent,) in cursor.fetchall())
    for start in range(0, len(parents), BATCH_ACCOUNTS):
        yield parents[start : start + BATCH_ACCOUNTS]
