"""A company begins to use Tenure: its workspace, its roles, its first owner."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from tenure.kernel import clock
from tenure.kernel.ids import uuid7
from tenure.workspace.action import action
from tenure.workspace.context import SYSTEM, Context
from tenure.workspace.domain.authority import EVERYTHING
from tenure.workspace.domain.roles import BUILTIN_ROLES, OWNER
from tenure.workspace.enums import GranteeKind
from tenure.workspace.furnishing import furnish_workspace
from tenure.workspace.granting import note_created
from tenure.workspace.models import Grant, Member, Role, User, Workspace

if TYPE_CHECKING:
    from uuid import UUID

MAY_DELEGATE_LEVELS = 10


def new_workspace_context(name: str, **settings: object) -> Context:
    """A context inside a workspace that does not exist yet: Tenure itself opens it."""
    key = uuid7()
    fields: dict[str, object] = {"slug": slug_for(name, key), "created_at": clock.now()} | settings
    return Context(workspace=Workspace(id=key, name=name, **fields), actor=SYSTEM, authority=EVERYTHING)


@action("workspace.open_workspace")
def open_workspace(ctx: Context, owner: User) -> Workspace:
    """Write the workspace of `ctx` (see new_workspace_context), its built-in roles, `owner` as its first member, and what the rooms put in.

    Not idempotent: each call opens a workspace of its own.
    """
    workspace = ctx.workspace
    workspace.save(force_insert=True)
    roles = [
        Role(
            workspace=workspace, name=role.name, description=role.description, permissions=list(role.permissions), is_builtin=True
        )
        for role in BUILTIN_ROLES
    ]
    Role.objects.bulk_create(roles)
    member = Member.objects.create(
        workspace=workspace, user=owner, name=str(owner), email=owner.email, language=workspace.language, created_at=ctx.now()
    )
    root = Grant.objects.create(
        workspace=workspace,
        grantee_kind=GranteeKind.MEMBER,
        grantee_id=member.pk,
        role=roles[BUILTIN_ROLES.index(OWNER)],
        permissions=list(OWNER.permissions),
        may_delegate=MAY_DELEGATE_LEVELS,
        created_at=ctx.now(),
        reason="Opened the workspace",
    )
    note_created(ctx, root)
    furnish_workspace(ctx)
    ctx.audit(workspace)
    return workspace


def slug_for(name: str, key: UUID) -> str:
    """An address for the workspace: its name in plain letters, and six characters of its id, so that it is its own."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50] or "workspace"
    return f"{stem}-{key.hex[-6:]}"
