"""A company or an individual becomes an account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from tenure.directory.models import Account
from tenure.directory.records import ACCOUNT
from tenure.workspace.action import action
from tenure.workspace.records import guard_external_id, insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.create_account")
def create_account(ctx: Context, values: Mapping[str, Any]) -> Account:
    """Write one account. values: field name (directory/records.py) to typed value; `name` is needed.

    Raises NameMissing, ExternalIdTaken, AccountLoop. Not idempotent: the same name may be two companies.
    """
    guard_external_id(ACCOUNT, values)
    account = cast("Account", ACCOUNT.build(ctx, dict(values)))
    insert_records(ctx, ACCOUNT, [account], values.keys())
    ctx.audit(account, fields=sorted(values))
    return account
