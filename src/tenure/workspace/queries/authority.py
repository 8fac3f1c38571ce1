"""From live chains of grants to an authority.

A chain is live iff every link to the root is: not revoked, not suspended, begun, not expired. Source: spec/grants.md point 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from tenure.workspace.domain.authority import Authority, Right

if TYPE_CHECKING:
    from uuid import UUID

# Walks up from the grantee's grants; a chain survives when its walk ended at a root and no link on it was dead.
_LIVE_GRANTS = """
WITH RECURSIVE chain AS (
  SELECT g.id AS grant_id, g.parent_id, {live} AS live
  FROM workspace_grant g
  WHERE g.workspace_id = tenure_workspace() AND g.grantee_kind = %(kind)s AND g.grantee_id = %(grantee)s
  UNION ALL
  SELECT chain.grant_id, g.parent_id, chain.live AND {live}
  FROM chain JOIN workspace_grant g ON g.id = chain.parent_id AND g.workspace_id = tenure_workspace()
)
SELECT g.id, g.permissions, g.scope, g.scope_account_id
FROM (SELECT grant_id FROM chain GROUP BY grant_id HAVING bool_and(live)) AS alive
JOIN workspace_grant g ON g.id = alive.grant_id AND g.workspace_id = tenure_workspace()
ORDER BY g.id
""".format(
    live="(g.revoked_at IS NULL AND g.suspended_at IS NULL AND (g.not_before IS NULL OR g.not_before <= now())"
    " AND (g.expires_at IS NULL OR g.expires_at > now()))"
)


def find_authority(grantee_kind: str, grantee_id: UUID) -> Authority:
    """The union of the grantee's live grants in the current scope."""
    with connection.cursor() as cursor:
        cursor.execute(_LIVE_GRANTS, {"kind": grantee_kind, "grantee": grantee_id})
        rows = cursor.fetchall()
    return Authority(tuple(Right(row[0], tuple(row[1]), row[2], row[3]) for row in rows))
