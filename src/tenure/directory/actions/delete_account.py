"""An account that should not be there goes; undo brings it back with all that belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.queries.accounts import get_account
from tenure.directory.records import ACCOUNT
from tenure.workspace.action import action
from tenure.workspace.actions.bulk_delete import bulk_delete
from tenure.workspace.errors import RecordChanged

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models import ChangeSet


@action("directory.delete_accounts")
def delete_account(ctx: Context, account_id: UUID, *, version: int | None = None, reason: str = "") -> ChangeSet:
    """Delete one account and what belongs to it, as a change set.

    version: the version the caller had in hand; raises RecordChanged where it is no longer that. Raises NotFound.
    Idempotent: a deleted account is not found again.
    """
    account = get_account(ctx, account_id, permission="directory.delete_accounts", lock=True)
    if version is not None and version != account.version:
        raise RecordChanged
    return bulk_delete(ctx, ACCOUNT, [account], reason=reason)
