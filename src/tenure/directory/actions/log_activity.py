"""A call, a meeting or a mail is written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from tenure.directory.models import Activity
from tenure.directory.queries.accounts import get_account
from tenure.directory.queries.people import get_person
from tenure.directory.records import ACTIVITY
from tenure.workspace.action import action
from tenure.workspace.records import guard_external_id, insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.log_activity")
def log_activity(ctx: Context, values: Mapping[str, Any]) -> Activity:
    """Write one activity. values: field name (records/activity.py) to typed value; `kind` and an account or a person are needed.

    Without `happened_at` it is now; without `member` it is the acting one; without an account it is the person's.
    Raises AccountMissing, ExternalIdTaken, NotFound. Idempotent by external id only.
    """
    guard_external_id(ACTIVITY, values)
    given = {"happened_at": ctx.now(), "member": ctx.member_id} | {
        name: value for name, value in values.items() if value is not None
    }
    if given.get("account"):
        get_account(ctx, given["account"], permission="directory.log_activity")
    if given.get("person"):
        person = get_person(ctx, given["person"], permission="directory.log_activity")
        given.setdefault("account", person.account_id)
    activity = cast("Activity", ACTIVITY.build(ctx, given))
    insert_records(ctx, ACTIVITY, [activity], given.keys())
    ctx.audit(activity, kind=activity.kind)
    return activity
