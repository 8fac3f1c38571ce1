"""Grants and API keys over the API: what is given to whom, how far, how long, and what ends with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field, model_validator

from tenure.workspace.domain.grants import EVERYWHERE, Holder, Place
from tenure.workspace.endpoints.schemas import AccountId, In, MemberId, Page, Reason, Text
from tenure.workspace.enums import GranteeKind, GrantScope
from tenure.workspace.queries.grants import get_role

if TYPE_CHECKING:
    from tenure.workspace.models import ApiKey, Grant, Role
    from tenure.workspace.queries.grants import Losses

MOST_PATTERNS = 100
MOST_LEVELS = 20


class ReasonIn(In):
    """Why."""

    reason: Reason = ""


class ReachIn(In):
    """How far rights reach, how long they last, over how many hands they may go."""

    scope: GrantScope | None = Field(
        default=None, description="Left out: an account's subtree where an account is named, else the whole workspace."
    )
    account: AccountId | None = Field(default=None, description="The rights reach it and what is below it.")
    may_delegate: int = Field(default=0, ge=0, le=MOST_LEVELS, description="How many levels the rights may be handed on.")
    expires_at: AwareDatetime | None = Field(default=None, description="Left out: as long as the grant they come from.")

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if self.scope is not None and (self.scope == GrantScope.SUBTREE) == (self.account is None):
            raise ValueError("the scope subtree needs an account, and no other takes one")
        return self

    @property
    def place(self) -> Place:
        """Where the rights reach."""
        if self.account is not None:
            return Place(GrantScope.SUBTREE, self.account)
        return EVERYWHERE if self.scope is None else Place(self.scope)


class RightsIn(ReachIn):
    """What somebody may do: a role or permissions, one of both."""

    role: UUID | None = Field(default=None, description="Id of a role.")
    permissions: list[Text] = Field(default_factory=list, max_length=MOST_PATTERNS, examples=[["directory.view", "sales.*"]])

    @model_validator(mode="after")
    def _gives_something(self) -> Self:
        if (self.role is None) == (not self.permissions):
            raise ValueError("give a role or permissions, one of both")
        return self

    @property
    def given(self) -> Role | Sequence[str]:
        """The role or the permissions. Raises NotFound."""
        return get_role(self.role) if self.role else self.permissions


class RoleChangeIn(ReachIn):
    """The role that takes the place of all that a member holds."""

    role: UUID = Field(description="Id of a role.")


class GrantIn(RightsIn):
    """Rights for a member or an API key, one of both."""

    member: MemberId | None = None
    api_key: UUID | None = Field(default=None, description="Id of an API key.")
    not_before: AwareDatetime | None = Field(default=None, description="From when on; left out, at once.")
    reason: Reason = ""

    @model_validator(mode="after")
    def _has_a_holder(self) -> Self:
        if (self.member is None) == (self.api_key is None):
            raise ValueError("name a member or an API key, one of both")
        return self

    @property
    def holder(self) -> Holder:
        """Who is to hold the grant."""
        if self.member is not None:
            return Holder(GranteeKind.MEMBER, self.member)
        assert self.api_key is not None
        return Holder(GranteeKind.API_KEY, self.api_key)


class GrantOut(Schema):
    """Who may do what, how far, until when, and from which grant that comes."""

    id: UUID
    parent: UUID | None = Field(description="The grant it comes from; null for the owner's, the root.")
    grantor: UUID | None = Field(description="The member or API key who handed it on.")
    holder_kind: GranteeKind
    holder: UUID
    role: UUID | None
    permissions: list[str]
    scope: GrantScope
    account: UUID | None
    may_delegate: int
    not_before: datetime | None
    expires_at: datetime | None
    reason: str
    created_at: datetime
    suspended_at: datetime | None = Field(description="Since when it rests, because its account moved out of reach.")
    revoked_at: datetime | None


class GrantPage(Page[GrantOut]):
    """One page of grants."""


class LossesOut(Schema):
    """What would end: members and keys that keep the same rights by another grant are not counted."""

    grants: int = Field(description="How many live grants would end or rest.")
    members: list[UUID] = Field(description="Members who could do less.")
    api_keys: list[UUID] = Field(description="API keys that could do less.")


class ApiKeyIn(RightsIn):
    """A key to be, and what it may do."""

    name: str = Field(min_length=1, max_length=80, description="Which program uses it.", examples=["Data warehouse"])


class ApiKeyOut(Schema):
    """A key to the API, without its secret."""

    id: UUID
    name: str
    prefix: str = Field(description="Its first characters.")
    created_by: UUID | None = Field(description="The member or API key who made it.")
    created_at: datetime
    last_used_on: date | None
    expires_at: datetime | None
    revoked_at: datetime | None


class ApiKeyPage(Page[ApiKeyOut]):
    """One page of API keys."""


class ApiKeyMadeOut(Schema):
    """A key as it was made."""

    api_key: ApiKeyOut
    secret: str | None = Field(
        description="Send it as `Authorization: Bearer`. Shown this once, and stored nowhere: a repeated request answers null."
    )


def grant_out(grant: Grant) -> GrantOut:
    """The grant as the API writes it."""
    return GrantOut(
        id=grant.pk,
        parent=grant.parent_id,
        grantor=grant.grantor_id,
        holder_kind=GranteeKind(grant.grantee_kind),
        holder=grant.grantee_id,
        role=grant.role_id,
        permissions=grant.permissions,
        scope=GrantScope(grant.scope),
        account=grant.scope_account_id,
        may_delegate=grant.may_delegate,
        not_before=grant.not_before,
        expires_at=grant.expires_at,
        reason=grant.reason,
        created_at=grant.created_at,
        suspended_at=grant.suspended_at,
        revoked_at=grant.revoked_at,
    )


def losses_out(losses: Losses) -> LossesOut:
    """What would end, as the API writes it."""
    return LossesOut(grants=losses.grants, members=list(losses.members), api_keys=list(losses.api_keys))


def api_key_out(key: ApiKey) -> ApiKeyOut:
    """The key as the API writes it."""
    return ApiKeyOut(
        id=key.pk,
        name=key.name,
        prefix=key.prefix,
        created_by=key.created_by_id,
        created_at=key.created_at,
        last_used_on=key.last_used_on,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
    )
