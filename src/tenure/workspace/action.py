"""`@action`: one use case. Checks the permission, opens scope and transaction, writes the audit line.

Rule: HOUSE rule 6.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.db.models import Model

from tenure.workspace.context import AuditNote, Context
from tenure.workspace.models.audit import AuditLine
from tenure.workspace.scope import enter

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """A declared action: its name (`room.function`), the permission it asks for, and the function."""

    name: str
    permission: str
    function: Callable[..., Any]


actions: dict[str, ActionSpec] = {}
permissions: set[str] = set()
_under_way: ContextVar[bool] = ContextVar("tenure_action_under_way", default=False)


def action(name: str) -> Callable[[Callable[Concatenate[Context, P], R]], Callable[Concatenate[Context, P], R]]:
    """Declare a use case under the permission `name` (`room.verb_noun`), which several actions on one thing may share.

    An action called by another one is part of it: it is checked for its own permission no more, and writes no audit line of
    its own, because its caller was checked and says what was done.
    """

    def declare(function: Callable[Concatenate[Context, P], R]) -> Callable[Concatenate[Context, P], R]:
        own_name = f"{name.partition('.')[0]}.{function.__name__}"

        @functools.wraps(function)
        def run(ctx: Context, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if _under_way.get():
                return function(ctx, *args, **kwargs)
            ctx.require(name)
            noted = replace(ctx, audit_note=AuditNote())
            token = _under_way.set(True)
            try:
                with enter(ctx.scope):
                    result = function(noted, *args, **kwargs)
                    _write_audit_line(noted, own_name, result)
            finally:
                _under_way.reset(token)
            return result

        actions[own_name] = ActionSpec(own_name, name, run)
        permissions.add(name)
        return run

    return declare


@contextmanager
def part_of_action() -> Iterator[None]:
    """Later transactions of an action that was checked and audited when it was asked for: chunks of an import, of an undo."""
    token = _under_way.set(True)
    try:
        yield
    finally:
        _under_way.reset(token)


def declare_permission(name: str) -> None:
    """Make a permission known that no action bears, such as `directory.view`."""
    permissions.add(name)


def _write_audit_line(ctx: Context, name: str, result: object) -> None:
    note = ctx.audit_note or AuditNote()
    subject = note.subject or (result if isinstance(result, Model) else None)
    AuditLine.objects.create(
        workspace_id=ctx.workspace.pk,
        at=ctx.now(),
        actor_kind=ctx.actor.kind,
        actor_id=ctx.actor.id,
        actor_name=ctx.actor.name,
        action=name,
        subject_kind=subject._meta.model_name if isinstance(subject, Model) else "",
        subject_id=_id_of(subject),
        account_id=_account_of(subject),
        change_set_id=ctx.change_set_id,
        facts=note.facts,
        request_id=ctx.request_id,
        address=ctx.address,
    )


def _id_of(subject: object) -> UUID | None:
    key = getattr(subject, "pk", None)
    return key if isinstance(key, UUID) else None


def _account_of(subject: object) -> UUID | None:
    column = getattr(subject, "fence_account", None)
    value = getattr(subject, column, None) if column else None
    return value if isinstance(value, UUID) else None
