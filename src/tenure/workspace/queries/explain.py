"""Why somebody may do something, or what is missing: spec/grants.md point 9."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from tenure.workspace.action import declare_permission
from tenure.workspace.domain.chains import Chain, Explanation, Link, Question, Standing, explain_chains, holder_state, link_state
from tenure.workspace.domain.grants import Holder, Place
from tenure.workspace.enums import GranteeKind, GrantScope, LinkState
from tenure.workspace.models import AccountPath, ApiKey, Member

if TYPE_CHECKING:
    from datetime import datetime

    from tenure.workspace.context import Context
    from tenure.workspace.domain.authority import Authority

declare_permission("workspace.explain_rights")

_ALL_CHAINS = """
WITH RECURSIVE chain AS (
  SELECT g.id AS grant_id, g.id AS link_id, g.parent_id, 0 AS depth
  FROM workspace_grant g
  WHERE g.workspace_id = tenure_workspace() AND g.grantee_kind = %(kind)s AND g.grantee_id = %(grantee)s
  UNION ALL
  SELECT chain.grant_id, g.id, g.parent_id, chain.depth + 1
  FROM chain JOIN workspace_grant g ON g.workspace_id = tenure_workspace() AND g.id = chain.parent_id
)
SELECT chain.grant_id, g.id, g.grantee_kind, g.grantee_id, coalesce(m.name, k.name, ''), g.permissions, g.scope, g.scope_account_id,
  g.revoked_at, g.suspended_at, g.not_before, g.expires_at, m.state, k.revoked_at, k.expires_at
FROM chain
JOIN workspace_grant g ON g.workspace_id = tenure_workspace() AND g.id = chain.link_id
LEFT JOIN workspace_member m ON m.workspace_id = tenure_workspace() AND g.grantee_kind = 'member' AND m.id = g.grantee_id
LEFT JOIN workspace_apikey k ON k.workspace_id = tenure_workspace() AND g.grantee_kind = 'api_key' AND k.id = g.grantee_id
ORDER BY chain.grant_id, chain.depth
"""


def explain(
    ctx: Context, holder: Holder, permission: str, account_id: UUID | None = None, *, is_owner: bool = False
) -> Explanation:
    """The chains by which `holder` may do `permission` on the account (None: anywhere), or the nearest that are broken or elsewhere.

    is_owner: whether the holder owns the record asked about; only the caller can know. Raises PermissionMissing.
    """
    ctx.require("workspace.explain_rights")
    as_of = ctx.now()
    question = Question(permission, ancestors_of(account_id), is_owner=is_owner)
    return explain_chains(question, holder, _state_of(holder, as_of), list_chains(holder, as_of=as_of))


def is_allowed(authority: Authority, permission: str, account_id: UUID | None = None, *, is_owner: bool = False) -> bool:
    """Whether the authority reaches the account with `permission` (None: anything at all)."""
    reach = authority.reach(permission)
    accounts = ancestors_of(account_id)
    if accounts is None:
        return not reach.is_nothing
    return reach.everything or (is_owner and reach.owned) or not reach.roots.isdisjoint(accounts)


def ancestors_of(account_id: UUID | None) -> frozenset[UUID] | None:
    """The account and all above it; None for None."""
    if account_id is None:
        return None
    return frozenset(AccountPath.objects.filter(descendant_id=account_id).values_list("ancestor_id", flat=True))


def list_chains(holder: Holder, *, as_of: datetime) -> list[Chain]:
    """Every chain that ends at `holder`, live or not, each from its lower end to its root."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL_CHAINS, {"kind": holder.kind, "grantee": holder.id})
        rows = cursor.fetchall()
    links: dict[UUID, list[Link]] = defaultdict(list)
    for row in rows:
        links[row[0]].append(_link(row, as_of))
    return [Chain(tuple(chain)) for chain in links.values()]


def _link(row: tuple[Any, ...], as_of: datetime) -> Link:
    return Link(
        grant_id=row[1],
        holder=Holder(row[2], row[3]),
        holder_name=row[4],
        permissions=tuple(row[5]),
        place=Place(GrantScope(row[6]), row[7]),
        state=link_state(Standing(*row[8:]), as_of),
    )


def _state_of(holder: Holder, as_of: datetime) -> LinkState:
    if holder.kind == GranteeKind.MEMBER:
        state = Member.objects.filter(pk=holder.id).values_list("state", flat=True).first()
        return holder_state(Standing(None, None, None, None, state or "left", None, None), as_of)
    found = ApiKey.objects.filter(pk=holder.id).values_list("revoked_at", "expires_at").first() or (as_of, None)
    return holder_state(Standing(None, None, None, None, None, *found), as_of)
