"""The roles every workspace begins with: templates from which grants are made."""

from __future__ import annotations

from typing import NamedTuple


class BuiltinRole(NamedTuple):
    """A role as it is when a workspace opens."""

    name: str
    description: str
    permissions: tuple[str, ...]


EVERY_MEMBER = (
    "workspace.update_profile",
    "workspace.read_notifications",
    "workspace.leave_workspace",
    "workspace.enter_by_link",
)
"""What an active member may always do, about themselves: no grant is needed."""

NEVER_GIVEN = frozenset(
    {
        "workspace.accept_invitation",  # the invited person's alone
        "workspace.edit_record",  # these two are parts of a room's own actions
        "workspace.place_accounts",
        "stream.settle_ties",
        "workspace.open_workspace",  # before anybody holds anything
        *EVERY_MEMBER,
    }
)
"""What no role offers: rights that somebody has without a grant, and actions that are only parts of others."""

FOR_ADMINISTRATORS = frozenset(
    {
        "workspace.cancel_invitation",
        "workspace.change_role",
        "workspace.create_api_key",
        "workspace.create_custom_field",
        "workspace.create_role",
        "workspace.delete_role",
        "workspace.edit_role",
        "workspace.erase_person",
        "workspace.explain_rights",
        "workspace.grant_rights",
        "workspace.hand_over_workspace",
        "workspace.import_exchange_rates",
        "workspace.invite_member",
        "workspace.reinstate_member",
        "workspace.remove_member",
        "workspace.renew_invitation",
        "workspace.resume_grant",
        "workspace.retire_custom_field",
        "workspace.revoke_api_key",
        "workspace.revoke_grant",
        "workspace.see_restricted_fields",
        "workspace.send_mail_again",
        "workspace.set_gross_margins",
        "workspace.suspend_member",
        "workspace.update_custom_field",
        "workspace.update_workspace",
        "workspace.view_audit",
        "workspace.view_outbox",
        # Product events feed the whole workspace, and what is done to them moves bills.
        "stream.correct_events",
        "stream.load_events",
        "stream.manage_sources",
        "stream.plan_events",
        "stream.replay_refusals",
        "stream.set_retention",
        "stream.view_refusals",
    }
)
"""What only the owner's role gives. A test asks of every new permission whether it stands here or in the Editor's."""

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
            "usage.*",
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
        (
            "*.view",
            "directory.*",
            "market.*",
            "sales.*",
            "workspace.undo_change_set",
            "workspace.save_view",
            "workspace.export",
            "workspace.bulk_edit",
        ),
    ),
    BuiltinRole("Viewer", "Sees everything, changes nothing.", ("*.view",)),
)
