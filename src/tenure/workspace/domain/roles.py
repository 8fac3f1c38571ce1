"""The roles every workspace begins with: templates from which grants are made."""

from __future__ import annotations

from typing import NamedTuple


class BuiltinRole(NamedTuple):
    """A role as it is when a workspace opens."""

    name: str
    description: str
    permissions: tuple[str, ...]


EVERY_MEMBER = ("workspace.update_profile", "workspace.leave_workspace", "workspace.enter_by_link")
"""What an active member may always do, about themselves: no grant is needed."""

OWNER = BuiltinRole("Owner", "May do everything, and hand it on.", ("*",))
BUILTIN_ROLES = (
    OWNER,
    BuiltinRole(
        "Editor",
        "Works with all records: accounts, people, leads, opportunities, subscriptions, imports.",
        (
            "*.view",
            "directory.*",
            "market.*",
            "sales.*",
            "billing.*",
            "insights.*",
            "workspace.run_import",
            "workspace.undo_change_set",
            "workspace.save_view",
            "workspace.export",
            "workspace.bulk_edit",
            "workspace.bulk_delete",
        ),
    ),
    BuiltinRole(
        "Rep",
        "Works with accounts, people, leads and opportunities.",
        ("*.view", "directory.*", "market.*", "sales.*", "workspace.save_view", "workspace.export", "workspace.bulk_edit"),
    ),
    BuiltinRole("Viewer", "Sees everything, changes nothing.", ("*.view",)),
)
