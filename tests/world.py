"""The personas of every test: one workspace with an owner, an editor, a rep and a viewer; a stranger from another; and an outsider,
administrator of another account of the same workspace.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.test import Client

from tenure.directory.actions.create_account import create_account
from tenure.kernel import clock
from tenure.workspace.actions.open_workspace import new_workspace_context, open_workspace
from tenure.workspace.context import Actor, Context
from tenure.workspace.domain.authority import Authority, Right
from tenure.workspace.enums import ActorKind, GranteeKind, GrantScope
from tenure.workspace.models import ApiKey, Grant, Member, OutboxEvent, Role, User, Workspace
from tenure.workspace.queries.contexts import member_context
from tenure.workspace.queries.entry import digest_of
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from datetime import datetime

    from tenure.directory.models import Account

PASSWORD = "correct horse battery"


@dataclass
class Persona:
    """Somebody who is a member of a workspace."""

    workspace_id: UUID
    member_id: UUID
    user: User

    @property
    def ctx(self) -> Context:
        """A fresh context, as a page would make it."""
        return member_context(self.workspace_id, self.member_id)

    @cached_property
    def client(self) -> Client:
        """A signed-in browser."""
        client = Client()
        client.force_login(self.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


@dataclass
class Company:
    """A SaaS company's workspace and its people."""

    workspace: Workspace
    owner: Persona
    members: dict[str, Persona] = field(default_factory=dict)

    @property
    def rep(self) -> Persona:
        """May work with accounts, people, leads and opportunities."""
        return self._member("Rep")

    @property
    def viewer(self) -> Persona:
        """May look, and no more."""
        return self._member("Viewer")

    def member(self, role: str, *, name: str = "", scope: str = GrantScope.WORKSPACE, account: Account | None = None) -> Persona:
        """A new member with a role, over the whole workspace or below one account."""
        name = name or role
        email = f"{name.lower().replace(' ', '.')}-{self.workspace.pk.hex[-6:]}@acme.example"
        user = User.objects.create_user(email, PASSWORD, name=name)
        with enter(self.owner.ctx.scope):
            made = Role.objects.get(name=role)
            member = Member.objects.create(workspace=self.workspace, user=user, name=name, email=email, created_at=clock.now())
            root = Grant.objects.get(grantee_id=self.owner.member_id)
            Grant.objects.create(
                workspace=self.workspace,
                parent=root,
                grantor_id=self.owner.member_id,
                grantee_kind=GranteeKind.MEMBER,
                grantee_id=member.pk,
                role=made,
                permissions=made.permissions,
                scope=scope,
                scope_account_id=account.pk if account else None,
                created_at=clock.now(),
            )
        return Persona(self.workspace.pk, member.pk, user)

    def outsider_ctx(self, account: Account) -> Context:
        """An administrator of `account`: everything, but fenced to that account."""
        return Context(
            workspace=self.workspace,
            actor=Actor(ActorKind.SYSTEM, None, "Outsider"),
            authority=Authority((Right(None, ("*",)),)),
            accounts=(account.pk,),
        )

    def api_key(self, *permissions: str, account: Account | None = None, expires_at: datetime | None = None) -> Client:
        """A program with a key of its own (everything, unless said otherwise), over the whole workspace or below one account."""
        secret = f"tnr_{secrets.token_urlsafe(32)}"
        with enter(self.owner.ctx.scope):
            key = ApiKey.objects.create(
                workspace=self.workspace,
                name="Key",
                prefix=secret[:12],
                digest=digest_of(secret),
                created_by_id=self.owner.member_id,
                created_at=clock.now(),
                expires_at=expires_at,
            )
            Grant.objects.create(
                workspace=self.workspace,
                parent=Grant.objects.get(grantee_id=self.owner.member_id),
                grantor_id=self.owner.member_id,
                grantee_kind=GranteeKind.API_KEY,
                grantee_id=key.pk,
                permissions=list(permissions) or ["*"],
                scope=GrantScope.SUBTREE if account else GrantScope.WORKSPACE,
                scope_account_id=account.pk if account else None,
                may_delegate=1,
                created_at=clock.now(),
            )
        return Client(headers={"Authorization": f"Bearer {secret}"})

    def account(self, name: str = "Hollis Logistics", **values: Any) -> Account:
        """An account, made by the owner."""
        return create_account(self.owner.ctx, {"name": name, **values})

    def event_types(self) -> list[str]:
        """The types of all events so far, in order."""
        with enter(self.owner.ctx.scope):
            return list(OutboxEvent.objects.order_by("xid", "id").values_list("type", flat=True))

    def _member(self, role: str) -> Persona:
        if role not in self.members:
            self.members[role] = self.member(role)
        return self.members[role]


def open_company(name: str, **settings: object) -> Company:
    """A workspace with its owner."""
    ctx = new_workspace_context(name, **settings)
    user = User.objects.create_user(f"owner-{ctx.workspace.pk.hex[-6:]}@acme.example", PASSWORD, name="Ana Müller")
    workspace = open_workspace(ctx, user)
    with enter(ctx.scope):
        member = Member.objects.get(user=user)
    return Company(workspace, Persona(workspace.pk, member.pk, user))


@pytest.fixture
def acme(db: None) -> Company:
    """The company of most tests."""
    return open_company("Acme")


@pytest.fixture
def stranger(db: None) -> Company:
    """Another company on the same server."""
    return open_company("Stranger")
