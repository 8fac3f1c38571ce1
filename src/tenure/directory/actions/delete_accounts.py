"""Accounts that should not be there are deleted; undo brings them back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.models import Account
from tenure.directory.records import ACCOUNT
from tenure.workspace.action import action
from tenure.workspace.actions.bulk_delete import bulk_delete
from tenure.workspace.models import ChangeSet
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.delete_accounts")
def delete_accounts(ctx: Context, account_ids: Sequence[UUID], *, reason: str = "") -> ChangeSet:
    """Delete the accounts and what belongs to them, as one change set. Accounts the caller may not delete are left, silently as unseen.

    Idempotent by account: one that is deleted already is not there.
    """
    rows = Account.objects.filter(scope_filter(ctx, "directory.delete_accounts", Account), pk__in=list(account_ids))
    return bulk_delete(ctx, ACCOUNT, list(rows.select_for_update()), reason=reason)
