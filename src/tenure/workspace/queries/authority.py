"""From live chains of grants to an authority.

A chain is live iff every link to the root is: neither revoked nor suspended, begun, not expired, and held by an active member or a
valid key (live_chains, queries/grants.sql). So a suspension or an expiry cascades without a row being written.
Source: spec/grants.md points 3 and 4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from tenure.kernel import clock
from tenure.workspace.domain.authority import Authority, Right
from tenure.workspace.domain.grants import HeldGrant, Holder, Place, Terms
from tenure.workspace.domain.roles import EVERY_MEMBER
from tenure.workspace.enums import GranteeKind, GrantScope
from tenure.workspace.models import Grant, Member

if TYPE_CHECKING:
    from datetime import datetime

_RIGHTS = "SELECT grant_id, permissions, scope, account FROM live_chains(%(kinds)s::text[], %(grantees)s::uuid[], %(at)s)"
_HELD = """
SELECT grant_id, kind, grantee, permissions, scope, account, levels, ends, depth, chain
FROM live_chains(%(kinds)s::text[], %(grantees)s::uuid[], %(at)s) ORDER BY grant_id
"""
FOR_EVERY_MEMBER = Right(None, EVERY_MEMBER, GrantScope.OWN)


def find_authority(grantee_kind: str, grantee_id: UUID) -> Authority:
    """The union of the grantee's live grants in the current scope."""
    parameters: dict[str, Any] = {"kinds": [str(grantee_kind)], "grantees": [grantee_id], "at": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(_RIGHTS, parameters)
        rows = cursor.fetchall()
    return Authority(tuple(Right(row[0], tuple(row[1]), row[2], row[3]) for row in rows))


def find_member_authority(member: Member) -> Authority:
    """The union of a member's live grants, and what every active member may do about themselves."""
    authority = find_authority(GranteeKind.MEMBER, member.pk)
    return Authority((*authority.rights, FOR_EVERY_MEMBER)) if member.is_active else authority


def list_held(holder: Holder, *, as_of: datetime) -> list[HeldGrant]:
    """The live grants of one member or key, with their terms and who stands above."""
    return list_held_by([holder], as_of=as_of).get(holder, [])


def list_roots(*, as_of: datetime) -> list[HeldGrant]:
    """The workspace's live root grants: out of them Tenure itself grants."""
    rows = Grant.objects.filter(parent__isnull=True, revoked_at__isnull=True).values_list("grantee_kind", "grantee_id")
    held = list_held_by([Holder(*row) for row in rows], as_of=as_of)
    return [grant for grants in held.values() for grant in grants if grant.depth == 0]


def list_held_by(holders: Collection[Holder], *, as_of: datetime) -> dict[Holder, list[HeldGrant]]:
    """The live grants of many, by holder; who holds none is missing."""
    parameters: dict[str, Any] = {
        "kinds": [str(holder.kind) for holder in holders],
        "grantees": [holder.id for holder in holders],
        "at": as_of,
    }
    with connection.cursor() as cursor:
        cursor.execute(_HELD, parameters)
        rows = cursor.fetchall()
    by_holder: dict[Holder, list[HeldGrant]] = defaultdict(list)
    for row in rows:
        by_holder[Holder(row[1], row[2])].append(_held(row))
    return dict(by_holder)


def _held(row: tuple[Any, ...]) -> HeldGrant:
    return HeldGrant(
        id=row[0],
        holder=Holder(row[1], row[2]),
        terms=Terms(tuple(row[3]), Place(row[4], row[5]), row[6], row[7]),
        depth=row[8],
        chain=frozenset(_holder(text) for text in row[9]),
    )


def _holder(text: str) -> Holder:
    kind, _, key = text.partition(" ")
    return Holder(kind, UUID(key))
