"""Members of the company with rights out of the owner's, made by the product's own actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.kernel import clock
from tenure.workspace.actions.grant_rights import grant_rights
from tenure.workspace.domain.grants import EVERYWHERE, Holder, Place
from tenure.workspace.enums import GranteeKind, GrantScope
from tenure.workspace.models import Grant, Member, User
from tenure.workspace.scope import enter
from tests.world import Company, Persona

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID


def colleague(company: Company, name: str) -> Persona:
    """An active member without any right."""
    user = User.objects.create_user(f"{name.lower()}-{company.workspace.pk.hex[-6:]}@acme.example", name=name)
    with enter(company.owner.ctx.scope):
        member = Member.objects.create(
            workspace=company.workspace, user=user, name=name, email=user.email, created_at=clock.now()
        )
    return Persona(company.workspace.pk, member.pk, user)


def holder_of(persona: Persona) -> Holder:
    """The persona as somebody who can hold grants."""
    return Holder(GranteeKind.MEMBER, persona.member_id)


def below(account_id: UUID) -> Place:
    """The subtree of an account."""
    return Place(GrantScope.SUBTREE, account_id)


OWN = Place(GrantScope.OWN)


def give(
    giver: Persona,
    taker: Persona,
    permissions: Sequence[str],
    *,
    place: Place = EVERYWHERE,
    may_delegate: int = 0,
    **terms: object,
) -> Grant:
    """A grant from one persona to another."""
    return grant_rights(giver.ctx, holder_of(taker), permissions, place=place, may_delegate=may_delegate, **terms)  # type: ignore[arg-type]
