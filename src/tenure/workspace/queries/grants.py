"""Grants as a tree: what hangs below some, who would lose something without them, and which fall outside of the account tree."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q

from tenure.kernel.errors import NotFound
from tenure.workspace.domain.grants import Holder, Paths, Place, Terms, loses_something
from tenure.workspace.enums import GranteeKind, GrantScope
from tenure.workspace.models import AccountPath, Grant, Role
from tenure.workspace.queries.authority import list_held_by
from tenure.workspace.reach import descendants_of

if TYPE_CHECKING:
    from tenure.workspace.context import Context

BELOW = """
WITH RECURSIVE below AS (
  SELECT g.id FROM workspace_grant g
  WHERE g.workspace_id = tenure_workspace() AND g.id = ANY(%(grants)s)
  UNION
  SELECT g.id FROM below JOIN workspace_grant g ON g.workspace_id = tenure_workspace() AND g.parent_id = below.id
)
"""


class GrantRow(NamedTuple):
    """A grant of a subtree, as far as cutting it goes."""

    id: UUID
    parent_id: UUID | None
    role_id: UUID | None
    holder: Holder
    permissions: tuple[str, ...]
    account_id: UUID | None


@dataclass(frozen=True, slots=True)
class Losses:
    """What a revocation takes: how many live grants end, and which members and keys can do less afterwards."""

    grants: int
    members: tuple[UUID, ...]
    api_keys: tuple[UUID, ...]


def list_below(grant_ids: Collection[UUID]) -> list[GrantRow]:
    """The unrevoked grants at and below `grant_ids`, parents before children."""
    with connection.cursor() as cursor:
        cursor.execute(
            BELOW  # noqa: S608 - constant texts
            + """
            SELECT g.id, g.parent_id, g.role_id, g.grantee_kind, g.grantee_id, g.permissions, g.scope_account_id
            FROM below JOIN workspace_grant g ON g.workspace_id = tenure_workspace() AND g.id = below.id
            WHERE g.revoked_at IS NULL
            ORDER BY g.created_at, g.id
            """,
            {"grants": list(grant_ids)},
        )
        rows = cursor.fetchall()
    return [GrantRow(row[0], row[1], row[2], Holder(row[3], row[4]), tuple(row[5]), row[6]) for row in rows]


def preview_revocation(ctx: Context, grant_id: UUID) -> Losses:
    """What revoking the grant would take, and from whom ("this removes 412 grants of 37 people"). Raises NotFound."""
    ctx.require("workspace.revoke_grant")
    return find_losses(ctx, [get_grant(grant_id).pk])


def preview_departure(ctx: Context, member_id: UUID) -> Losses:
    """What would end if the member were suspended or left: their grants, and all they have handed on."""
    ctx.require("workspace.suspend_member")
    return find_losses(ctx, list_grant_ids_of(Holder(GranteeKind.MEMBER, member_id)))


def find_losses(ctx: Context, grant_ids: Collection[UUID]) -> Losses:
    """What ends with `grant_ids`. Who keeps the same rights by another path loses nothing."""
    below = list_below(grant_ids)
    gone = {row.id for row in below}
    held = list_held_by({row.holder for row in below}, as_of=ctx.now())
    live = [grant for grants in held.values() for grant in grants]
    paths = list_paths(grant.terms.place.account_id for grant in live)
    losers = [holder for holder, grants in held.items() if loses_something(grants, gone, paths)]
    return Losses(
        grants=sum(grant.id in gone for grant in live),
        members=tuple(sorted(holder.id for holder in losers if holder.kind == GranteeKind.MEMBER)),
        api_keys=tuple(sorted(holder.id for holder in losers if holder.kind == GranteeKind.API_KEY)),
    )


def get_grant(grant_id: UUID, *, lock: bool = False) -> Grant:
    """The unrevoked grant of this workspace; else raises NotFound."""
    rows = Grant.objects.filter(pk=grant_id, revoked_at__isnull=True)
    grant = (rows.select_for_update() if lock else rows).first()
    if grant is None:
        raise NotFound(kind="grant")
    return grant


def list_grants(ctx: Context, *, holder_id: UUID | None, parent_id: UUID | None, after: UUID | None, limit: int) -> list[Grant]:
    """Unrevoked grants by id, of one holder or below one grant; those that reach no further than the caller sees, and the caller's own."""
    rows = Grant.objects.filter(revoked_at__isnull=True)
    reach = ctx.authority.reach("workspace.view")
    if not reach.everything:
        below = Q(scope=GrantScope.SUBTREE, scope_account_id__in=descendants_of(reach.roots))
        rows = rows.filter(below | Q(grantee_id=ctx.actor.id))
    if holder_id is not None:
        rows = rows.filter(grantee_id=holder_id)
    if parent_id is not None:
        rows = rows.filter(parent_id=parent_id)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return list(rows.order_by("pk")[:limit])


def list_grant_ids_of(holder: Holder) -> list[UUID]:
    """The unrevoked grants somebody holds."""
    rows = Grant.objects.filter(grantee_kind=holder.kind, grantee_id=holder.id, revoked_at__isnull=True)
    return list(rows.order_by("id").values_list("pk", flat=True))


def list_paths(account_ids: Iterable[UUID | None]) -> Paths:
    """(ancestor, descendant) for every pair of these accounts where one stands below the other."""
    accounts = {account for account in account_ids if account is not None}
    if len(accounts) < 2:  # noqa: PLR2004 - a pair
        return frozenset()
    pairs = AccountPath.objects.filter(descendant_id__in=accounts, ancestor_id__in=accounts)
    return frozenset(pairs.values_list("ancestor_id", "descendant_id"))


def list_places_of(holder: Holder) -> list[Place]:
    """Where somebody's unrevoked grants reach; where none is left, all they ever reached."""
    rows = Grant.objects.filter(grantee_kind=holder.kind, grantee_id=holder.id)
    return [place_of(grant) for grant in rows.filter(revoked_at__isnull=True)] or [place_of(grant) for grant in rows]


def get_role(role_id: UUID, *, lock: bool = False) -> Role:
    """The role of this workspace; raises NotFound."""
    rows = Role.objects.filter(pk=role_id)
    role = (rows.select_for_update() if lock else rows).first()
    if role is None:
        raise NotFound(kind="role")
    return role


def list_grant_ids_of_role(role: Role) -> list[UUID]:
    """The unrevoked grants made from a role."""
    return list(Grant.objects.filter(role=role, revoked_at__isnull=True).order_by("id").values_list("pk", flat=True))


def find_permissions(grant_ids: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Grant id to the permissions it gives."""
    rows = Grant.objects.filter(pk__in=list(grant_ids)).values_list("pk", "permissions")
    return {key: tuple(permissions) for key, permissions in rows}


def terms_of(grant: Grant) -> Terms:
    """What a grant gives."""
    return Terms(tuple(grant.permissions), place_of(grant), grant.may_delegate, grant.expires_at)


def place_of(grant: Grant) -> Place:
    """Where a grant reaches."""
    return Place(grant.scope, grant.scope_account_id)


def guard_place(place: Place) -> None:
    """Raise NotFound where a subtree's account does not stand in this workspace's tree."""
    if place.scope != GrantScope.SUBTREE:
        return
    if not AccountPath.objects.filter(ancestor_id=place.account_id, descendant_id=place.account_id).exists():
        raise NotFound(kind="account")
