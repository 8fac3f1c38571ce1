"""Narrowing: a grant gives at most what the grant it comes from gives, to nobody above it.

The trigger `check_grant_narrows` (queries/grants.sql) says the same in the database. Source: spec/grants.md points 1 and 2.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tenure.workspace.domain.permissions import any_covers, uncovered
from tenure.workspace.enums import Excess, GrantScope

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

Paths = Collection[tuple["UUID", "UUID"]]
"""(ancestor, descendant) pairs of the account tree."""


class Holder(NamedTuple):
    """Who holds a grant: a member or an API key (GranteeKind)."""

    kind: str
    id: UUID


class Place(NamedTuple):
    """Where a grant reaches (GrantScope); a subtree names its account."""

    scope: str = GrantScope.WORKSPACE
    account_id: UUID | None = None


EVERYWHERE = Place()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a grant gives: permission patterns, where, until when (None: no end), and over how many further hands."""

    permissions: tuple[str, ...]
    place: Place = EVERYWHERE
    may_delegate: int = 0
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """A live grant of somebody. depth: links above it; chain: who holds it and every link above it."""

    id: UUID
    holder: Holder
    terms: Terms
    depth: int = 0
    chain: frozenset[Holder] = field(default_factory=frozenset)


def is_place_within(child: Place, parent: Place, paths: Paths) -> bool:
    """Whether `child` reaches no record that `parent` does not.

    What somebody owns is theirs alone: other hands own other records, so such a grant is within the whole workspace only.
    """
    if parent.scope == GrantScope.WORKSPACE:
        return True
    if parent.scope != GrantScope.SUBTREE or child.scope != GrantScope.SUBTREE:
        return False
    return child.account_id == parent.account_id or (parent.account_id, child.account_id) in paths


def excesses(child: Terms, parent: Terms, paths: Paths) -> dict[Excess, list[str]]:
    """In what `child` would give more than `parent`, with the permissions by name; empty where it narrows."""
    found: dict[Excess, list[str]] = {}
    if beyond := uncovered(child.permissions, parent.permissions):
        found[Excess.PERMISSIONS] = beyond
    if not is_place_within(child.place, parent.place, paths):
        found[Excess.SCOPE] = []
    if parent.expires_at is not None and (child.expires_at is None or child.expires_at > parent.expires_at):
        found[Excess.EXPIRY] = []
    if child.may_delegate > parent.may_delegate - 1:
        found[Excess.DELEGATION] = []
    return found


def nearest_parent(wanted: Terms, held: Sequence[HeldGrant], paths: Paths) -> tuple[HeldGrant, dict[Excess, list[str]]]:
    """The grant of `held` (not empty) that `wanted` exceeds least, and in what; of several that cover, the one nearest the root.

    A `wanted` without an end lasts as long as the grant it comes from, so that having none exceeds nothing.
    """

    def judged(grant: HeldGrant) -> dict[Excess, list[str]]:
        found = excesses(wanted, grant.terms, paths)
        if wanted.expires_at is None:
            found.pop(Excess.EXPIRY, None)
        return found

    def order(pair: tuple[HeldGrant, dict[Excess, list[str]]]) -> tuple[int, int, int, float, UUID]:
        grant, found = pair
        ends = -grant.terms.expires_at.timestamp() if grant.terms.expires_at else float("-inf")
        return len(found), len(found.get(Excess.PERMISSIONS, ())), grant.depth, ends, grant.id

    return min(((grant, judged(grant)) for grant in held), key=order)


def gives(grant: HeldGrant, permission: str, place: Place, paths: Paths) -> bool:
    """Whether the grant gives `permission` everywhere in `place`; what one owns counts as a place of its own."""
    covers_place = grant.terms.place == place or is_place_within(place, grant.terms.place, paths)
    return covers_place and any_covers(grant.terms.permissions, permission)


def loses_something(before: Sequence[HeldGrant], gone: Collection[UUID], paths: Paths) -> bool:
    """Whether the holder of `before` can do less without the grants `gone`: what another path gives stays (spec point 3)."""
    rest = [grant for grant in before if grant.id not in gone]
    return any(
        not any(gives(other, permission, grant.terms.place, paths) for other in rest)
        for grant in before
        if grant.id in gone
        for permission in grant.terms.permissions
    )
