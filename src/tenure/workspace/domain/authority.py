"""Effective authority: the union of somebody's live grants, and how far a permission reaches.

Source: spec/grants.md point 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenure.workspace.domain.permissions import any_covers
from tenure.workspace.enums import GrantScope

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Right:
    """One live grant, as far as deciding goes."""

    grant_id: UUID | None
    permissions: tuple[str, ...]
    scope: str = GrantScope.WORKSPACE
    account_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a permission reaches: everything, or some subtrees and (where `owned`) what the holder owns."""

    everything: bool
    roots: frozenset[UUID] = frozenset()
    owned: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether it reaches no row at all."""
        return not (self.everything or self.roots or self.owned)


@dataclass(frozen=True, slots=True)
class Authority:
    """All live rights of one actor."""

    rights: tuple[Right, ...] = ()

    def holds(self, permission: str) -> bool:
        """Whether the permission is held somewhere, however narrow."""
        return any(any_covers(right.permissions, permission) for right in self.rights)

    def reach(self, permission: str) -> Reach:
        """Where the permission is held."""
        held = [right for right in self.rights if any_covers(right.permissions, permission)]
        return Reach(
            everything=any(right.scope == GrantScope.WORKSPACE for right in held),
            roots=frozenset(right.account_id for right in held if right.scope == GrantScope.SUBTREE and right.account_id),
            owned=any(right.scope == GrantScope.OWN for right in held),
        )


EVERYTHING = Authority((Right(None, ("*",)),))
