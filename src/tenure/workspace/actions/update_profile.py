"""A member says how they want to read Tenure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.queries.members import get_member

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models import Member

FIELDS = frozenset({"name", "language", "zone", "number_format", "theme", "notify_by"})


@action("workspace.update_profile")
def update_profile(ctx: Context, values: Mapping[str, str]) -> Member:
    """Set the acting member's name, language, zone, number format, theme, and how they are told. Empty: as the workspace has it.

    values: column to value, of FIELDS; the form has checked them. Raises PermissionMissing for a key. Idempotent.
    """
    if ctx.member_id is None:
        raise PermissionMissing(permission="workspace.update_profile")
    member = get_member(ctx.member_id, lock=True)
    changed = {name: value for name, value in values.items() if name in FIELDS and getattr(member, name) != value}
    for name, value in changed.items():
        setattr(member, name, value)
    member.save(update_fields=sorted(changed))
    ctx.audit(member, fields=sorted(changed))
    return member
