"""Cutting grants anew when the role they were made from changes.

Source: spec/grants.md point 6 (a role can widen existing grants only up to the parent's set) and point 1 (what is below narrows too).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tenure.workspace.domain.permissions import narrowed

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.domain.grants import Holder


class CutGrant(Protocol):
    """What is needed of a grant to cut it."""

    @property
    def id(self) -> UUID: ...  # noqa: D102
    @property
    def parent_id(self) -> UUID | None: ...  # noqa: D102
    @property
    def role_id(self) -> UUID | None: ...  # noqa: D102
    @property
    def holder(self) -> Holder: ...  # noqa: D102
    @property
    def permissions(self) -> tuple[str, ...]: ...  # noqa: D102


class RoleCut(NamedTuple):
    """A role's new permissions; grants of `unhelped` holders may shrink by it but never grow."""

    role_id: UUID
    permissions: tuple[str, ...]
    unhelped: Collection[Holder]


def recut(rows: Iterable[CutGrant], outer: Mapping[UUID, tuple[str, ...]], cut: RoleCut) -> dict[UUID, tuple[str, ...]]:
    """Grant id to its new permissions, for those of `rows` that change.

    rows: grants of the role and all below them, parents before children. outer: permissions of parents that are not among the rows.
    """
    now: dict[UUID, tuple[str, ...]] = dict(outer)
    changed: dict[UUID, tuple[str, ...]] = {}
    for row in rows:
        given = row.permissions
        if row.role_id == cut.role_id:
            given = tuple(narrowed(given, cut.permissions)) if row.holder in cut.unhelped else cut.permissions
        if row.parent_id is not None:
            given = tuple(narrowed(given, now[row.parent_id]))
        now[row.id] = given
        if given != row.permissions:
            changed[row.id] = given
    return changed
