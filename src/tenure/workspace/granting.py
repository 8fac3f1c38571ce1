"""Handing rights on and taking them back: what the actions on grants, members and API keys have in common.

All writing of grants in one workspace waits for one lock: rights change seldom, and each change judges many rows.
Source: spec/grants.md points 1 to 5.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.db import connection

from tenure.kernel.errors import NotFound
from tenure.workspace.domain.grant_ledger import created
from tenure.workspace.domain.grants import EVERYWHERE, HeldGrant, Holder, Place, Terms, gives, nearest_parent
from tenure.workspace.domain.permissions import unknown_patterns
from tenure.workspace.enums import ActorKind, GranteeKind, MemberState
from tenure.workspace.errors import (
    ApiKeyRevoked,
    GrantAboveYours,
    GrantNotNarrower,
    LastOwner,
    MemberNotActive,
    PermissionMissing,
    PermissionUnknown,
    SelfGrant,
)
from tenure.workspace.events import json_value
from tenure.workspace.events_of_rights import GrantRevoked, GrantSuspended, MemberLeft, RightsGranted
from tenure.workspace.models import ApiKey, Grant, Member, Role
from tenure.workspace.permission_names import known_permissions
from tenure.workspace.queries.authority import list_held, list_roots
from tenure.workspace.queries.grants import BELOW, guard_place, list_grant_ids_of, list_paths, list_places_of
from tenure.workspace.queries.members import get_api_key, get_member

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tenure.workspace.context import Context


SEEING = "workspace.view"


@dataclass(frozen=True, slots=True)
class GrantOrder:
    """A grant to be made. terms.expires_at None: as long as the grant it comes from."""

    grantee: Holder
    terms: Terms
    role: Role | None = None
    not_before: datetime | None = None
    reason: str = ""

    @classmethod
    def of(
        cls,
        grantee: Holder,
        given: Role | Sequence[str],
        place: Place,
        *,
        may_delegate: int = 0,
        expires_at: datetime | None = None,
    ) -> Self:
        """An order for what a role gives, or for the patterns named."""
        if isinstance(given, Role):
            return cls(grantee, Terms(tuple(given.permissions), place, may_delegate, expires_at), given)
        return cls(grantee, Terms(tuple(given), place, may_delegate, expires_at))


def hand_on(ctx: Context, permission: str, order: GrantOrder) -> Grant:
    """Write the grant, out of one of the caller's own live grants.

    permission: the right to hand on in this way, to be held wherever the grant reaches.
    Raises PermissionUnknown, PermissionMissing, GrantNotNarrower, SelfGrant, NotFound (account).
    """
    if order.role is None:
        guard_known(order.terms.permissions)
    guard_place(order.terms.place)
    lock_rights(ctx)
    parent = _parent_for(ctx, permission, order)
    grant = Grant.objects.create(
        workspace_id=ctx.workspace.pk,
        parent_id=parent.id,
        grantor_id=ctx.actor.id,
        grantee_kind=order.grantee.kind,
        grantee_id=order.grantee.id,
        role=order.role,
        permissions=list(order.terms.permissions),
        scope=order.terms.place.scope,
        scope_account_id=order.terms.place.account_id,
        may_delegate=order.terms.may_delegate,
        not_before=order.not_before,
        expires_at=order.terms.expires_at or parent.terms.expires_at,
        reason=order.reason,
        created_at=ctx.now(),
    )
    note_created(ctx, grant)
    ctx.emit(RightsGranted(grant.pk, grant.scope_account_id, None, grant.grantee_kind, grant.grantee_id))
    return grant


def _parent_for(ctx: Context, permission: str, order: GrantOrder) -> HeldGrant:
    held = grants_of(ctx)
    paths = list_paths([order.terms.place.account_id, *(grant.terms.place.account_id for grant in held)])
    guard_reach(ctx, permission, [order.terms.place], held)
    free = [grant for grant in held if order.grantee not in grant.chain]
    if not free:
        raise SelfGrant
    parent, excess = nearest_parent(order.terms, free, paths)
    if excess:
        raise GrantNotNarrower(excess)
    return parent


def grants_of(ctx: Context) -> list[HeldGrant]:
    """The caller's live grants; for Tenure itself the workspace's roots. Raises PermissionMissing where there are none."""
    caller = caller_of(ctx)
    held = list_held(caller, as_of=ctx.now()) if caller else list_roots(as_of=ctx.now())
    if not held:
        raise PermissionMissing(permission="workspace.grant_rights")
    return held


def caller_of(ctx: Context) -> Holder | None:
    """The acting member or key; None for Tenure itself."""
    if ctx.actor.kind == ActorKind.SYSTEM or ctx.actor.id is None:
        return None
    return Holder(ctx.actor.kind, ctx.actor.id)


def guard_reach(ctx: Context, permission: str, places: Sequence[Place], held: Sequence[HeldGrant]) -> None:
    """Raise PermissionMissing where the caller does not hold `permission` over all `places`."""
    paths = list_paths([place.account_id for place in places] + [grant.terms.place.account_id for grant in held])
    if caller_of(ctx) and not all(any(gives(grant, permission, place, paths) for grant in held) for place in places):
        raise PermissionMissing(permission=permission)


def guard_not_above(ctx: Context, holder: Holder, held: Sequence[HeldGrant]) -> None:
    """Raise GrantAboveYours where `holder` is the caller, or somebody the caller's rights come from."""
    if caller_of(ctx) and any(holder in grant.chain for grant in held):
        raise GrantAboveYours


def guard_reach_to(ctx: Context, permission: str, places: Sequence[Place]) -> list[HeldGrant]:
    """The caller's grants, where they reach what stands at `places` (none: the whole workspace).

    Raises NotFound where the caller may not see there, PermissionMissing where they may see and not do `permission`.
    """
    held = grants_of(ctx)
    wanted = list(places) or [EVERYWHERE]
    paths = list_paths([place.account_id for place in wanted] + [grant.terms.place.account_id for grant in held])
    if not all(any(gives(grant, name, place, paths) for grant in held for name in (permission, SEEING)) for place in wanted):
        raise NotFound(kind="grant")
    guard_reach(ctx, permission, wanted, held)
    return held


def guard_reach_over(ctx: Context, permission: str, member: Member) -> list[HeldGrant]:
    """The caller's grants, where they hold `permission` wherever the member's grants reach. Raises NotFound, PermissionMissing."""
    return guard_reach_to(ctx, permission, list_places_of(Holder(GranteeKind.MEMBER, member.pk)))


def guard_may_remove(ctx: Context, permission: str, member: Member) -> None:
    """Raise PermissionMissing, GrantAboveYours or LastOwner where the caller may not take the member's rights."""
    held = guard_reach_over(ctx, permission, member)
    guard_not_above(ctx, Holder(GranteeKind.MEMBER, member.pk), held)
    guard_not_last_owner(ctx, member)


def guard_not_last_owner(ctx: Context, member: Member) -> None:
    """Raise LastOwner where no live root grant would be left without the member."""
    roots = {grant.holder for grant in list_roots(as_of=ctx.now())}
    if roots == {Holder(GranteeKind.MEMBER, member.pk)}:
        raise LastOwner(name=member.name)


def part_with(ctx: Context, member: Member, *, reason: str) -> None:
    """The member is one no more: their grants end with all below, for good."""
    member.state = MemberState.LEFT
    member.save(update_fields=["state"])
    ended = cut_off(ctx, list_grant_ids_of(Holder(GranteeKind.MEMBER, member.pk)))
    ctx.audit(member, reason=reason, ended=ended)
    ctx.emit(MemberLeft(member.pk, None, None))


def guard_known(patterns: Sequence[str]) -> None:
    """Raise PermissionUnknown where a pattern gives nothing that exists."""
    if unknown := unknown_patterns(patterns, known_permissions()):
        raise PermissionUnknown(names=", ".join(unknown))


def get_grantee(holder: Holder) -> Member | ApiKey:
    """The member or key that rights are for; raises NotFound, MemberNotActive (who left), ApiKeyRevoked."""
    if holder.kind == GranteeKind.API_KEY:
        key = get_api_key(holder.id)
        if key.revoked_at is not None:
            raise ApiKeyRevoked(name=key.name)
        return key
    member = get_member(holder.id)
    if member.state == MemberState.LEFT:
        raise MemberNotActive(name=member.name, state=member.get_state_display())
    return member


def cut_off(ctx: Context, grant_ids: Collection[UUID]) -> int:
    """Revoke the grants and all below them, in one statement; the number of grants that ended."""
    if not grant_ids:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            BELOW  # noqa: S608 - constant texts
            + """
            UPDATE workspace_grant g SET revoked_at = %(at)s FROM below
            WHERE g.workspace_id = tenure_workspace() AND g.id = below.id AND g.revoked_at IS NULL
            RETURNING g.id, g.scope_account_id, g.grantee_kind, g.grantee_id
            """,
            {"grants": list(grant_ids), "at": ctx.now()},
        )
        rows = cursor.fetchall()
    note(ctx, [{"change": "revoked", "id": str(grant_id)} for grant_id in grant_ids])
    ctx.emit([GrantRevoked(key, account, None, kind, grantee) for key, account, kind, grantee in rows])
    return len(rows)


_SUSPEND_STRAYS = """
UPDATE workspace_grant g SET suspended_at = %(at)s
FROM workspace_grant p
WHERE g.workspace_id = tenure_workspace() AND p.workspace_id = tenure_workspace() AND p.id = g.parent_id
  AND g.scope = 'subtree' AND p.scope = 'subtree' AND g.scope_account_id = ANY(%(accounts)s)
  AND g.scope_account_id <> p.scope_account_id AND g.revoked_at IS NULL AND g.suspended_at IS NULL
  AND EXISTS (
    SELECT FROM workspace_accountpath a WHERE a.workspace_id = tenure_workspace()
      AND a.ancestor_id = g.scope_account_id AND a.descendant_id = g.scope_account_id)
  AND NOT EXISTS (
    SELECT FROM workspace_accountpath a WHERE a.workspace_id = tenure_workspace()
      AND a.ancestor_id = p.scope_account_id AND a.descendant_id = g.scope_account_id)
RETURNING g.id, g.scope_account_id
"""


def suspend_strays(ctx: Context, moved: Sequence[UUID]) -> None:
    """Suspend grants on moved accounts that now stand outside of what the grant above gives. An account that is deleted moves nowhere.

    They are listed until somebody resumes or revokes them: moving back never restores a right by itself.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SUSPEND_STRAYS, {"accounts": list(moved), "at": ctx.now()})
        rows = cursor.fetchall()
    if rows:
        note(ctx, [{"change": "suspended", "id": str(key)} for key, _ in rows])
        ctx.emit([GrantSuspended(key, account, None) for key, account in rows])


def write_permissions(ctx: Context, changed: Mapping[UUID, tuple[str, ...]]) -> None:
    """Write the new permissions of many grants in one statement."""
    if not changed:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE workspace_grant g SET permissions = ARRAY(SELECT jsonb_array_elements_text(fresh.permissions))
            FROM unnest(%(ids)s::uuid[], %(permissions)s::text[]) AS given(id, text), LATERAL (SELECT given.text::jsonb AS permissions) AS fresh
            WHERE g.workspace_id = tenure_workspace() AND g.id = given.id
            """,
            {"ids": list(changed), "permissions": [json.dumps(permissions) for permissions in changed.values()]},
        )
    note(ctx, [{"change": "cut", "id": str(key), "permissions": list(permissions)} for key, permissions in changed.items()])


def lock_rights(ctx: Context) -> None:
    """Wait until nobody else is changing rights in this workspace; held to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('rights ' || %s::text, 0))", [ctx.workspace.pk])


def note(ctx: Context, entries: Sequence[Mapping[str, Any]]) -> None:
    """Add to the audit line what happened to grants, so that the lines alone can rebuild them (domain/grant_ledger.py)."""
    if ctx.audit_note is not None:
        ctx.audit_note.facts.setdefault("grants", []).extend(entries)


def note_created(ctx: Context, grant: Grant) -> None:
    """Add a new grant to the audit line."""
    note(ctx, [created({field.attname: json_value(getattr(grant, field.attname)) for field in Grant._meta.concrete_fields})])
