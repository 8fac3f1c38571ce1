"""Random forests of grants under random work: the four properties of spec/grants.md."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tenure.directory.actions.update_account import update_account
from tenure.kernel.errors import DomainError
from tenure.workspace.actions.create_api_key import create_api_key
from tenure.workspace.actions.create_role import create_role
from tenure.workspace.actions.edit_role import edit_role
from tenure.workspace.actions.grant_rights import grant_rights
from tenure.workspace.actions.reinstate_member import reinstate_member
from tenure.workspace.actions.remove_member import remove_member
from tenure.workspace.actions.resume_grant import resume_grant
from tenure.workspace.actions.revoke_api_key import revoke_api_key
from tenure.workspace.actions.revoke_grant import revoke_grant
from tenure.workspace.actions.suspend_member import suspend_member
from tenure.workspace.domain.grant_ledger import KEPT, replay
from tenure.workspace.domain.grants import Holder
from tenure.workspace.domain.permissions import is_within
from tenure.workspace.enums import GranteeKind
from tenure.workspace.events import json_value
from tenure.workspace.models import AccountPath, ApiKey, AuditLine, Grant, Member
from tenure.workspace.queries.authority import find_authority
from tenure.workspace.queries.explain import explain, is_allowed
from tenure.workspace.scope import enter
from tests.workspace.grants.people import below, colleague, give, holder_of
from tests.world import open_company

PEOPLE = 5
ACCOUNTS = 5
TOP = ("directory.*", "workspace.*")
OFFERED = [["directory.view"], ["directory.*"], ["workspace.grant_rights", "directory.view"], ["*.view"], [*TOP]]
person = st.integers(0, PEOPLE - 1)
account = st.integers(0, ACCOUNTS - 1)


class Grants(RuleBasedStateMachine):
    """The owner gives the first person TOP within the first account; all else comes out of that one grant."""

    def __init__(self) -> None:
        super().__init__()
        self.company = open_company("Forest")
        self.people = [colleague(self.company, f"P{number}") for number in range(PEOPLE)]
        self.accounts: list[UUID] = []
        for number in range(ACCOUNTS):
            parent = {"parent": self.accounts[number // 2]} if number else {}
            self.accounts.append(self.company.account(f"A{number}", **parent).pk)
        self.keys: list[UUID] = []
        self.role = create_role(self.company.owner.ctx, "Template", ["directory.view"])
        self.top = give(self.company.owner, self.people[0], TOP, place=below(self.accounts[0]), may_delegate=3)

    @rule(giver=person, taker=person, permissions=st.sampled_from([*OFFERED, None]), at=account, levels=st.integers(0, 2))
    def hand_on(self, giver: int, taker: int, permissions: list[str] | None, at: int, levels: int) -> None:
        with suppress(DomainError):
            grant_rights(
                self.people[giver].ctx,
                holder_of(self.people[taker]),
                self.role if permissions is None else permissions,
                place=below(self.accounts[at]),
                may_delegate=levels,
            )

    @rule(giver=person, permissions=st.sampled_from(OFFERED), at=account)
    def make_key(self, giver: int, permissions: list[str], at: int) -> None:
        with suppress(DomainError):
            key, _ = create_api_key(self.people[giver].ctx, "Key", permissions, place=below(self.accounts[at]))
            self.keys.append(key.pk)

    @precondition(lambda self: self.keys)
    @rule(which=st.integers(0, 9))
    def drop_key(self, which: int) -> None:
        with suppress(DomainError):
            revoke_api_key(self.company.owner.ctx, self.keys[which % len(self.keys)])

    @rule(taker=st.integers(-1, PEOPLE - 1), which=st.integers(0, 20))
    def revoke(self, taker: int, which: int) -> None:
        grants = self._grants()
        ctx = self.company.owner.ctx if taker < 0 else self.people[taker].ctx
        with suppress(DomainError):
            revoke_grant(ctx, grants[which % len(grants)].pk)

    @rule(which=person, final=st.integers(0, 5))
    def lose_member(self, which: int, final: int) -> None:
        act = suspend_member if final else remove_member
        with suppress(DomainError):
            act(self.company.owner.ctx, self.people[which].member_id)

    @rule(which=person)
    def reinstate(self, which: int) -> None:
        with suppress(DomainError):
            reinstate_member(self.company.owner.ctx, self.people[which].member_id)

    @rule(moved=account, to=st.none() | account)
    def move(self, moved: int, to: int | None) -> None:
        parent = None if to is None or to == moved else self.accounts[to]
        with suppress(DomainError):
            update_account(self.company.owner.ctx, self.accounts[moved], {"parent": parent})

    @rule(which=st.integers(0, 20))
    def resume(self, which: int) -> None:
        grants = self._grants()
        with suppress(DomainError):
            resume_grant(self.company.owner.ctx, grants[which % len(grants)].pk)

    @rule(editor=st.integers(-1, PEOPLE - 1), permissions=st.sampled_from(OFFERED))
    def recut(self, editor: int, permissions: list[str]) -> None:
        ctx = self.company.owner.ctx if editor < 0 else self.people[editor].ctx
        with suppress(DomainError):
            self.role = edit_role(ctx, self.role.pk, name="Template", permissions=permissions)

    @invariant()
    def nobody_exceeds_the_top_grant(self) -> None:
        """Property (a)."""
        with enter(self.company.owner.ctx.scope):
            inside = set(AccountPath.objects.filter(ancestor_id=self.accounts[0]).values_list("descendant_id", flat=True))
            for holder in self._holders():
                for right in find_authority(*holder).rights:
                    if right.grant_id is not None:
                        assert is_within(right.permissions, TOP)
                        assert right.account_id in inside

    @invariant()
    def live_is_what_walking_the_rows_says(self) -> None:
        """Property (b), by another path: rows walked one by one in Python."""
        grants = {grant.pk: grant for grant in self._grants()}
        with enter(self.company.owner.ctx.scope):
            acting: set[UUID] = set(Member.objects.filter(state="active").values_list("pk", flat=True))
            acting |= set(ApiKey.objects.filter(revoked_at=None).values_list("pk", flat=True))
            found = {right.grant_id for holder in self._holders() for right in find_authority(*holder).rights}
        dead = {key for key, grant in grants.items() if grant.revoked_at or grant.suspended_at or grant.grantee_id not in acting}
        live = {key for key in grants if dead.isdisjoint(_upward(grants, key))}
        assert found - {None} == {key for key in live if grants[key].parent_id is not None}
        for grant in grants.values():
            if grant.revoked_at is None and grant.parent_id is not None:
                assert grants[grant.parent_id].revoked_at is None

    def teardown(self) -> None:
        """Properties (c) and (d), at the end of every run."""
        owner = self.company.owner.ctx
        with enter(owner.scope):
            for holder in self._holders():
                authority = find_authority(*holder)
                for permission in ("directory.view", "directory.create_account", "workspace.grant_rights"):
                    for place in (None, self.accounts[0], self.accounts[3]):
                        explained = explain(owner, holder, permission, place)
                        assert explained.is_allowed == is_allowed(authority, permission, place)
            lines = AuditLine.objects.order_by("at", "id").values_list("facts", flat=True)
            rebuilt = replay(entry for facts in lines for entry in facts.get("grants", ()))
        assert rebuilt == {str(grant.pk): _facts(grant) for grant in self._grants()}

    def _grants(self) -> list[Grant]:
        with enter(self.company.owner.ctx.scope):
            return list(Grant.objects.order_by("created_at", "id"))

    def _holders(self) -> Iterator[Holder]:
        yield from (holder_of(one) for one in self.people)
        yield from (Holder(GranteeKind.API_KEY, key) for key in self.keys)


def _upward(grants: dict[UUID, Grant], key: UUID | None) -> Iterator[UUID]:
    while key is not None:
        yield key
        key = grants[key].parent_id


def _facts(grant: Grant) -> dict[str, Any]:
    columns = {name: json_value(getattr(grant, name)) for name in KEPT}
    return columns | {"is_revoked": grant.revoked_at is not None, "is_suspended": grant.suspended_at is not None}


@pytest.mark.django_db
def test_grants_under_random_work_keep_their_properties():
    run_state_machine_as_test(
        Grants,
        settings=settings(max_examples=10, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)),
    )
