"""The currency that was asked for becomes the one the workspace reports in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.events_of_rights import WorkspaceChanged
from tenure.workspace.models import Workspace

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.update_workspace")
def adopt_currency(ctx: Context, currency: str) -> bool:
    """Report in `currency` from the end of this transaction on; whether that is still what was asked for.

    Called by the room that has counted its amounts in it, in the same transaction. Idempotent.
    """
    workspace: Workspace = Workspace.objects.select_for_update(no_key=True).get()
    if (workspace.next_currency or workspace.currency) != currency:
        return False
    if workspace.next_currency:
        workspace.currency, workspace.next_currency = currency, ""
        workspace.save(update_fields=["currency", "next_currency"])
        ctx.emit(WorkspaceChanged(workspace.pk, None, None, ("currency",)))
    return True
