"""Somebody corrects or completes an account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.directory.models import Account
from tenure.directory.queries.accounts import get_account
from tenure.directory.records import ACCOUNT
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.update_account")
def update_account(ctx: Context, account_id: UUID, values: Mapping[str, Any], *, version: int | None = None) -> Account:
    """Set the fields in `values` (field name to typed value). Can be undone: the edit is a change set of one row.

    version: the version the caller had in hand; raises RecordChanged where it is no longer that. Raises NameMissing,
    ExternalIdTaken, AccountLoop, NotFound. Idempotent: the same values change nothing more.
    """
    account = get_account(ctx, account_id, permission="directory.update_account")
    edit_record(ctx, ACCOUNT, account, values, version=version)
    return account
