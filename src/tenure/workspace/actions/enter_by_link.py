"""Somebody comes in by a link from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.models import Member

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.enter_by_link")
def enter_by_link(ctx: Context) -> Member:
    """Note in the audit that the member of `ctx` came in by a link; the page that called signs them in, in the same transaction.

    Not idempotent: each entry is a line. Which link opens, and how often: entry_links.py.
    """
    return Member.objects.get(pk=ctx.actor.id)
