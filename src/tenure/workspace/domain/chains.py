"""Explaining a right: the chains of grants that give it link by link, or the nearest missing link.

Source: spec/grants.md points 3 and 9.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenure.workspace.domain.permissions import any_covers
from tenure.workspace.domain.roles import EVERY_MEMBER
from tenure.workspace.enums import GranteeKind, GrantScope, LinkState, MemberState, MissingLink

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tenure.workspace.domain.grants import Holder, Place


@dataclass(frozen=True, slots=True)
class Link:
    """One grant on a chain: who holds it, what it gives where, and whether it holds."""

    grant_id: UUID
    holder: Holder
    holder_name: str
    permissions: tuple[str, ...]
    place: Place
    state: LinkState


@dataclass(frozen=True, slots=True)
class Chain:
    """From the grant in question (first) up to the workspace's root (last)."""

    links: tuple[Link, ...]

    @property
    def broken(self) -> Link | None:
        """The link nearest the root that does not hold; None where the chain is live."""
        return next((link for link in reversed(self.links) if link.state != LinkState.LIVE), None)

    @property
    def given(self) -> Link:
        """The grant at the chain's lower end."""
        return self.links[0]


@dataclass(frozen=True, slots=True)
class Question:
    """May somebody do `permission`, on the account whose ancestors (itself included) are `accounts`? None: anywhere at all.

    is_owner: whether the record asked about is theirs.
    """

    permission: str
    accounts: Collection[UUID] | None = None
    is_owner: bool = False

    def is_about(self, place: Place) -> bool:
        """Whether a grant for `place` speaks about the record."""
        if self.accounts is None or place.scope == GrantScope.WORKSPACE:
            return True
        if place.scope == GrantScope.OWN:
            return self.is_owner
        return place.account_id in self.accounts


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether it is allowed, and by which live chains; else what is missing, and the nearest chains that would have given it."""

    question: Question
    chains: tuple[Chain, ...] = ()
    missing: MissingLink | None = None
    nearest: tuple[Chain, ...] = ()

    @property
    def is_allowed(self) -> bool:
        """The answer."""
        return self.missing is None


def explain_chains(question: Question, holder: Holder, holder_state: LinkState, chains: Sequence[Chain]) -> Explanation:
    """Judge all chains that end at `holder`. What every active member may do needs no chain."""
    is_member = holder.kind == GranteeKind.MEMBER and holder_state == LinkState.LIVE
    if is_member and question.accounts is None and question.permission in EVERY_MEMBER:
        return Explanation(question)
    giving = [chain for chain in chains if any_covers(chain.given.permissions, question.permission)]
    here = [chain for chain in giving if question.is_about(chain.given.place)]
    live = tuple(chain for chain in here if chain.broken is None)
    if live:
        return Explanation(question, chains=live)
    if here:
        return Explanation(question, missing=MissingLink.BROKEN_CHAIN, nearest=tuple(here))
    if giving:
        return Explanation(question, missing=MissingLink.OTHER_PLACE, nearest=tuple(giving))
    return Explanation(question, missing=MissingLink.NO_GRANT)


@dataclass(frozen=True, slots=True)
class Standing:
    """The stored facts that decide whether a grant holds. member_state: None where the holder is an API key."""

    revoked_at: datetime | None
    suspended_at: datetime | None
    not_before: datetime | None
    expires_at: datetime | None
    member_state: str | None
    key_revoked_at: datetime | None
    key_expires_at: datetime | None


_HOLDER_STATES = {
    MemberState.INVITED: LinkState.HOLDER_INVITED,
    MemberState.SUSPENDED: LinkState.HOLDER_SUSPENDED,
    MemberState.LEFT: LinkState.HOLDER_LEFT,
}


def link_state(standing: Standing, as_of: datetime) -> LinkState:
    """Whether a grant holds at `as_of`, taken alone; the first reason against it in the order of finality."""
    if standing.revoked_at is not None:
        return LinkState.REVOKED
    if standing.expires_at is not None and standing.expires_at <= as_of:
        return LinkState.EXPIRED
    if standing.suspended_at is not None:
        return LinkState.SUSPENDED
    if standing.not_before is not None and standing.not_before > as_of:
        return LinkState.NOT_BEGUN
    return holder_state(standing, as_of)


def holder_state(standing: Standing, as_of: datetime) -> LinkState:
    """Whether the holder can act at `as_of`."""
    if standing.member_state is not None:
        return _HOLDER_STATES.get(MemberState(standing.member_state), LinkState.LIVE)
    if standing.key_revoked_at is not None:
        return LinkState.KEY_REVOKED
    if standing.key_expires_at is not None and standing.key_expires_at <= as_of:
        return LinkState.KEY_EXPIRED
    return LinkState.LIVE
