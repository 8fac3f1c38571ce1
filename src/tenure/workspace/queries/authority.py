"""From live chains of grants to an authority.

A chain is live iff every link to the root is: neither revoked nor suspended, begun, not expired, and held by an active member or a
valid key. So nothing has to be written for a suspension or an expiry to cascade. Source: spec/grants.md points 3 and 4.
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

if TYPE_CHECKING:
    from datetime import datetime

LIVE = """(
  g.revoked_at IS NULL AND g.suspended_at IS NULL
  AND (g.not_before IS NULL OR g.not_before <= %(at)s) AND (g.expires_at IS NULL OR g.expires_at > %(at)s)
  AND CASE g.grantee_kind
    WHEN 'member' THEN EXISTS (
      SELECT FROM workspace_member m WHERE m.workspace_id = tenure_workspace() AND m.id = g.grantee_id AND m.state = 'active')
    ELSE EXISTS (
      SELECT FROM workspace_apikey k WHERE k.workspace_id = tenure_workspace() AND k.id = g.grantee_id
        AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > %(at)s))
  END
)"""

# Climbs from grants over live links only; a chain is live when its climb has reached a root.
_CHAINS = f"""
WITH RECURSIVE chain AS (
  SELECT g.id AS grant_id, g.parent_id, 0 AS depth, g.grantee_kind, g.grantee_id
  FROM workspace_grant g
  WHERE g.workspace_id = tenure_workspace() AND {{first}} AND {LIVE}
  UNION ALL
  SELECT chain.grant_id, g.parent_id, chain.depth + 1, g.grantee_kind, g.grantee_id
  FROM chain JOIN workspace_grant g ON g.workspace_id = tenure_workspace() AND g.id = chain.parent_id
  WHERE {LIVE}
)
"""  # noqa: S608 - constant texts

_OF_ONE = "g.grantee_kind = %(kind)s AND g.grantee_id = %(grantee)s"
_OF_MANY = "(g.grantee_kind, g.grantee_id) IN (SELECT * FROM unnest(%(kinds)s::text[], %(grantees)s::uuid[]))"
_ROOTS = "g.parent_id IS NULL"

_RIGHTS = (
    _CHAINS.format(first=_OF_ONE)
    + """
SELECT g.id, g.permissions, g.scope, g.scope_account_id
FROM chain JOIN workspace_grant g ON g.workspace_id = tenure_workspace() AND g.id = chain.grant_id
WHERE chain.parent_id IS NULL
UNION ALL
SELECT NULL, %(everyone)s::text[], 'own', NULL
FROM workspace_member m
WHERE m.workspace_id = tenure_workspace() AND m.id = %(grantee)s AND m.state = 'active' AND %(kind)s = 'member'
"""
)

_HELD = """
SELECT g.id, g.grantee_kind, g.grantee_id, g.permissions, g.scope, g.scope_account_id, g.may_delegate, g.expires_at, whole.depth, whole.chain
FROM (
  SELECT grant_id, max(depth) AS depth, array_agg(grantee_kind || ' ' || grantee_id) AS chain
  FROM chain GROUP BY grant_id HAVING bool_or(parent_id IS NULL)
) AS whole JOIN workspace_grant g ON g.workspace_id = tenure_workspace() AND g.id = whole.grant_id
ORDER BY g.id
"""


def find_authority(grantee_kind: str, grantee_id: UUID) -> Authority:
    """The union of the grantee's live grants in the current scope, and what every member may do about themselves."""
    with connection.cursor() as cursor:
        cursor.execute(_RIGHTS, {"kind": grantee_kind, "grantee": grantee_id, "at": clock.now(), "everyone": list(EVERY_MEMBER)})
        rows = cursor.fetchall()
    return Authority(tuple(Right(row[0], tuple(row[1]), row[2], row[3]) for row in rows))


def list_held(holder: Holder, *, as_of: datetime) -> list[HeldGrant]:
    """The live grants of one member or key, with their terms and who stands above."""
    return _held(_OF_ONE, {"kind": holder.kind, "grantee": holder.id, "at": as_of})


def list_roots(*, as_of: datetime) -> list[HeldGrant]:
    """The workspace's live root grants: out of them Tenure itself grants."""
    return _held(_ROOTS, {"at": as_of})


def list_held_by(holders: Collection[Holder], *, as_of: datetime) -> dict[Holder, list[HeldGrant]]:
    """The live grants of many, by holder; who holds none is missing."""
    wanted = list(holders)
    parameters = {"kinds": [holder.kind for holder in wanted], "grantees": [holder.id for holder in wanted], "at": as_of}
    by_holder: dict[Holder, list[HeldGrant]] = defaultdict(list)
    for grant in _held(_OF_MANY, parameters):
        by_holder[grant.holder].append(grant)
    return dict(by_holder)


def _held(first: str, parameters: dict[str, Any]) -> list[HeldGrant]:
    with connection.cursor() as cursor:
        cursor.execute(_CHAINS.format(first=first) + _HELD, parameters)
        rows = cursor.fetchall()
    return [
        HeldGrant(
            id=row[0],
            holder=Holder(row[1], row[2]),
            terms=Terms(tuple(row[3]), Place(row[4], row[5]), row[6], row[7]),
            depth=row[8],
            chain=frozenset(_holder(text) for text in row[9]),
        )
        for row in rows
    ]


def _holder(text: str) -> Holder:
    kind, _, key = text.partition(" ")
    return Holder(kind, UUID(key))
