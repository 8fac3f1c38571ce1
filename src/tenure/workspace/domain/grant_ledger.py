"""The grants of a workspace, rebuilt from its audit lines alone.

Every audit line of an action that touches grants carries `facts["grants"]`, a list of entries written by granting.py. Replayed in
their order they give the rows of the grant table: a check that nothing changes rights unseen. Source: spec/grants.md, property (d).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Entry = Mapping[str, Any]
GrantFacts = dict[str, Any]

KEPT = (
    "parent_id", "grantee_kind", "grantee_id", "role_id", "permissions", "scope", "scope_account_id", "may_delegate", "expires_at",
)  # fmt: skip


def created(facts: Mapping[str, Any]) -> GrantFacts:
    """The entry of a new grant: `facts` by column, of which `id` and KEPT are kept."""
    return {"change": "created", "id": facts["id"], **{name: facts[name] for name in KEPT}}


def replay(entries: Iterable[Entry]) -> dict[str, GrantFacts]:
    """Grant id to its columns KEPT and `is_revoked`, `is_suspended`, after all entries in order."""
    grants: dict[str, GrantFacts] = {}
    for entry in entries:
        _CHANGES[entry["change"]](grants, entry)
    return grants


def _create(grants: dict[str, GrantFacts], entry: Entry) -> None:
    grants[entry["id"]] = {name: entry[name] for name in KEPT} | {"is_revoked": False, "is_suspended": False}


def _revoke(grants: dict[str, GrantFacts], entry: Entry) -> None:
    """A grant and all below it."""
    reached = {entry["id"]}
    for key, grant in grants.items():
        if grant["parent_id"] in reached:
            reached.add(key)
        if key in reached:
            grant["is_revoked"] = True


def _suspend(grants: dict[str, GrantFacts], entry: Entry) -> None:
    grants[entry["id"]]["is_suspended"] = True


def _resume(grants: dict[str, GrantFacts], entry: Entry) -> None:
    grants[entry["id"]]["is_suspended"] = False


def _cut(grants: dict[str, GrantFacts], entry: Entry) -> None:
    grants[entry["id"]]["permissions"] = entry["permissions"]


def _unname(grants: dict[str, GrantFacts], entry: Entry) -> None:
    for grant in grants.values():
        if grant["role_id"] == entry["id"]:
            grant["role_id"] = None


def _hand_over(grants: dict[str, GrantFacts], entry: Entry) -> None:
    grants[entry["id"]]["grantee_id"] = entry["grantee_id"]


_CHANGES = {
    "created": _create,
    "revoked": _revoke,
    "suspended": _suspend,
    "resumed": _resume,
    "cut": _cut,
    "role_deleted": _unname,
    "handed_over": _hand_over,
}
