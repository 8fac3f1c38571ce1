"""What the settings pages share: their tabs, and names for those who hold rights."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tenure.workspace.enums import GranteeKind, GrantScope
from tenure.workspace.granting import SEEING, guard_reach_over
from tenure.workspace.models import ApiKey, Grant, Member
from tenure.workspace.reach import descendants_of, scope_filter
from tenure.workspace.records import record_types

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context
    from tenure.workspace.lists.columns import Label
    from tenure.workspace.queries.grants import Losses

SHOWN_NAMES = 12
# Tabs of other rooms: name of the address, label, permission.
_more: list[tuple[str, Label, str]] = []


def register_settings_page(url_name: str, label: Label, permission: str) -> None:
    """Add a page of another room to the tabs of the settings. url_name: with its namespace; its last part names the tab."""
    _more.append((url_name, label, permission))


def guard_member_seen(ctx: Context, member: Member) -> None:
    """Raise NotFound where the caller sees neither the whole workspace nor all that the member's rights reach."""
    if member.pk != ctx.member_id:
        guard_reach_over(ctx, SEEING, member)


def seen_holders(ctx: Context) -> set[UUID] | None:
    """Members and keys with rights below the accounts the caller sees, and the caller; None: everybody."""
    reach = ctx.authority.reach(SEEING)
    if reach.everything:
        return None
    below = Grant.objects.filter(scope=GrantScope.SUBTREE, scope_account_id__in=descendants_of(reach.roots))
    return {key for key in (*below.values_list("grantee_id", flat=True), ctx.actor.id) if key is not None}


def settings_tabs(ctx: Context, current: str) -> list[dict[str, Any]]:
    """The settings this member may open."""
    places = (
        ("profile", _("Profile"), "workspace.update_profile"),
        ("workspace_settings", _("Workspace"), "workspace.update_workspace"),
        ("members", _("Members"), "workspace.view"),
        ("roles", _("Roles"), "workspace.view"),
        ("grants", _("Rights"), "workspace.explain_rights"),
        ("api_keys", _("API keys"), "workspace.create_api_key"),
        ("custom_fields", _("Fields"), "workspace.create_custom_field"),
        ("exchange_rates", _("Exchange rates"), "workspace.import_exchange_rates"),
        ("gross_margins", _("Gross margin"), "workspace.set_gross_margins"),
        ("outbox", _("Outbox"), "workspace.view_outbox"),
    )
    slug = ctx.workspace.slug
    all_places = [*((f"workspace:{name}", label, permission) for name, label, permission in places), *_more]
    return [
        {"label": label, "url": reverse(name, args=[slug]), "current": name.rpartition(":")[2] == current}
        for name, label, permission in all_places
        if ctx.holds(permission)
    ]


def heads(*labels: str, last_unseen: bool = False) -> list[dict[str, Any]]:
    """Column heads for the table tag; the last may be for screen readers only."""
    drawn: list[dict[str, Any]] = [{"label": label} for label in labels]
    drawn[-1]["unseen"] = last_unseen
    return drawn


def grant_heads(*, with_holder: bool = True) -> list[dict[str, Any]]:
    """Column heads of a table of grants."""
    shown = heads(_("What"), _("Where"), _("Until"), _("Actions"), last_unseen=True)
    return [{"label": _("Who")}, *shown] if with_holder else shown


def grant_rows(ctx: Context, grants: Iterable[Grant]) -> list[dict[str, Any]]:
    """Grants ready to be drawn: holder, what, where, state."""
    rows = list(grants)
    holders = holder_names((grant.grantee_kind, grant.grantee_id) for grant in rows)
    accounts = account_names(ctx, {grant.scope_account_id for grant in rows if grant.scope_account_id})
    now = ctx.now()
    return [
        {
            "grant": grant,
            "holder": holders.get(grant.grantee_id, ""),
            "is_key": grant.grantee_kind == GranteeKind.API_KEY,
            "what": grant.role.name if grant.role else ", ".join(grant.permissions),
            "where": accounts.get(grant.scope_account_id, _("An account you may not see"))
            if grant.scope_account_id
            else GrantScope(grant.scope).label,
            "is_over": grant.expires_at is not None and grant.expires_at <= now,
        }
        for grant in rows
    ]


def holder_names(holders: Iterable[tuple[str, UUID]]) -> dict[UUID, str]:
    """Names of members and keys, by id."""
    wanted = list(holders)
    members = Member.objects.filter(pk__in=[key for kind, key in wanted if kind == GranteeKind.MEMBER])
    keys = ApiKey.objects.filter(pk__in=[key for kind, key in wanted if kind == GranteeKind.API_KEY])
    return dict(members.values_list("pk", "name")) | {key.pk: str(key) for key in keys}


def account_names(ctx: Context, account_ids: Collection[UUID]) -> dict[UUID, str]:
    """Names of those of the accounts that the caller may see."""
    record = record_types.get("account")
    if record is None or not account_ids or not ctx.holds(record.view_permission):
        return {}
    rows = record.model.objects.filter(scope_filter(ctx, record.view_permission, record.model), pk__in=account_ids)
    return {row.pk: str(row) for row in rows}


def losses_shown(losses: Losses) -> dict[str, Any]:
    """A preview of a revocation, with the first names."""
    names = holder_names(
        [(GranteeKind.MEMBER, key) for key in losses.members[:SHOWN_NAMES]]
        + [(GranteeKind.API_KEY, key) for key in losses.api_keys[:SHOWN_NAMES]]
    )
    return {
        "grants": losses.grants,
        "members": len(losses.members),
        "api_keys": len(losses.api_keys),
        "names": sorted(names.values()),
        "more": len(losses.members) + len(losses.api_keys) - len(names),
    }
