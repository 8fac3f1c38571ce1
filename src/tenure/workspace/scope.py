"""The fence: which workspace, and which accounts of it, the database shows right now.

A scope is set in the database (`SET LOCAL`, read by the row-level security policies) and in a context variable (read by the
scoped managers), always together and always inside a transaction. Rule: DESIGN.md, "Two posts of one fence".
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Scope:
    """What one transaction may see: a workspace, and for a customer's people only some of its accounts."""

    workspace_id: UUID
    accounts: tuple[UUID, ...] | None = None


class OutsideScope(RuntimeError):
    """A scoped table was touched before a scope was entered: a mistake of the caller, never of the user."""


_current: ContextVar[Scope | None] = ContextVar("tenure_scope", default=None)

_SET_SCOPE = "SELECT set_config('tenure.workspace', %s, true), set_config('tenure.accounts', %s, true)"


def find_scope() -> Scope | None:
    """The scope in force, or None outside of one."""
    return _current.get()


def current_scope() -> Scope:
    """The scope in force; raises OutsideScope where there is none."""
    scope = _current.get()
    if scope is None:
        raise OutsideScope("Enter a scope first: with enter(Scope(workspace_id)): ...")
    return scope


@contextmanager
def enter(scope: Scope) -> Iterator[Scope]:
    """Run the body in a transaction that sees only `scope`; the scope outside is put back afterwards."""
    previous = _current.get()
    if previous == scope and connection.in_atomic_block:
        with transaction.atomic():
            yield scope
        return
    nested = connection.in_atomic_block
    with transaction.atomic():
        _write(scope)
        token = _current.set(scope)
        try:
            yield scope
        finally:
            _current.reset(token)
        if nested:
            _write(previous)


def _write(scope: Scope | None) -> None:
    workspace = "" if scope is None else str(scope.workspace_id)
    accounts = "" if scope is None or scope.accounts is None else "{" + ",".join(map(str, scope.accounts)) + "}"
    with connection.cursor() as cursor:
        cursor.execute(_SET_SCOPE, [workspace, accounts])
