"""The account tree: parents stand on accounts; every (ancestor, descendant) pair is kept in the fence's tree, set-based."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection

from tenure.directory.errors import AccountLoop, AccountTreeTooDeep
from tenure.directory.models import Account
from tenure.workspace.actions.place_accounts import place_accounts
from tenure.workspace.models import AccountPath

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context

MAX_DEPTH = 20

# Climbs from each account to its root by parents as they now are, through deleted accounts too; stops where it meets itself.
_CLIMB = """
WITH RECURSIVE climb AS (
  SELECT a.id AS descendant, a.id AS ancestor, 0 AS depth
  FROM directory_account a WHERE a.workspace_id = tenure_workspace() AND a.id = ANY(%(accounts)s)
  UNION ALL
  SELECT climb.descendant, a.parent_id, climb.depth + 1
  FROM climb JOIN directory_account a ON a.id = climb.ancestor AND a.workspace_id = tenure_workspace()
  WHERE a.parent_id IS NOT NULL AND climb.depth <= %(deepest)s AND (climb.depth = 0 OR climb.ancestor <> climb.descendant)
)
SELECT ancestor, descendant, depth FROM climb
"""


def keep_paths(ctx: Context, rows: Sequence[Any], *, is_new: bool) -> None:
    """Bring the fence's tree in step with the parents of `rows`. Raises AccountLoop, AccountTreeTooDeep."""
    roots = [row for row in rows if is_new and row.parent_id is None]
    place_accounts(ctx, [], [(row.id, row.id, 0) for row in roots])
    moved = [row.id for row in rows if not (is_new and row.parent_id is None)]
    if not moved:
        return
    below = AccountPath.objects.filter(ancestor_id__any_of=moved).values_list("descendant_id", flat=True)
    affected = list({*moved, *below})
    paths = _climb(affected)
    for ancestor, descendant, depth in paths:
        if depth and ancestor == descendant:
            raise _loop_at(descendant)
        if depth > MAX_DEPTH:
            raise AccountTreeTooDeep(deepest=MAX_DEPTH)
    place_accounts(ctx, affected, paths)


def remove_paths(ctx: Context, accounts: Sequence[UUID]) -> None:
    """Take deleted accounts out of the fence's tree; what stands below them keeps its other ancestors."""
    place_accounts(ctx, accounts, [])


def _climb(accounts: Sequence[UUID]) -> list[tuple[UUID, UUID, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_CLIMB, {"accounts": list(accounts), "deepest": MAX_DEPTH})
        return cursor.fetchall()


def _loop_at(account_id: UUID) -> AccountLoop:
    account = Account.objects.select_related("parent").get(pk=account_id)
    return AccountLoop(name=account.name, parent=account.parent.name if account.parent else "")
