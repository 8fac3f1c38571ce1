"""The company's own words and measures are set: name, currency, zone, language, fiscal year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tenure.workspace.action import action
from tenure.workspace.events_of_rights import WorkspaceChanged
from tenure.workspace.models import Workspace

if TYPE_CHECKING:
    from tenure.workspace.context import Context

FIELDS = frozenset({"name", "currency", "zone", "language", "fiscal_year_month"})


@action("workspace.update_workspace")
def update_workspace(ctx: Context, values: Mapping[str, Any]) -> Workspace:
    """Set what the workspace is called and what it counts by.

    values: column to value, of FIELDS; the form has checked them. fiscal_year_month: 1 to 12. Idempotent. Another currency is only asked for
    here: it holds once the room that keeps amounts in it has counted them anew (adopt_currency).
    """
    ctx.require_everywhere("workspace.update_workspace")
    workspace: Workspace = Workspace.objects.select_for_update().get()
    wanted = {name: value for name, value in values.items() if name in FIELDS and name != "currency"}
    if "currency" in values:
        wanted["next_currency"] = "" if values["currency"] == workspace.currency else values["currency"]
    changed = {name: value for name, value in wanted.items() if getattr(workspace, name) != value}
    before = {name: getattr(workspace, name) for name in changed}
    for name, value in changed.items():
        setattr(workspace, name, value)
    if changed:
        workspace.save(update_fields=sorted(changed))
        ctx.emit(WorkspaceChanged(workspace.pk, None, None, tuple(sorted(changed))))
    ctx.audit(workspace, before=before, after=changed)
    return workspace
