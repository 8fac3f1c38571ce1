"""Accounts as the API reads and writes them. Names are those of the list's columns and the record's fields."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tenure.directory.enums import AccountKind
from tenure.workspace.endpoints.schemas import In, MoneyOut, Page, Patch, money_out

if TYPE_CHECKING:
    from tenure.directory.models import Account
    from tenure.directory.queries.duplicates import Duplicate
    from tenure.workspace.context import Context

LONGEST_TEXT = 500
LONGEST_DESCRIPTION = 10_000
MOST_EMPLOYEES = 2_147_483_647
MOST_TAGS = 100


class AccountIn(In):
    """A new account. Only the name is needed."""

    name: str = Field(min_length=1, max_length=LONGEST_TEXT, examples=["Hollis Logistics"])
    external_id: str = Field(default="", max_length=LONGEST_TEXT, description="Its id in your own system; unique here.")
    domain: str = Field(default="", max_length=LONGEST_TEXT, examples=["hollis.example"])
    kind: AccountKind = AccountKind.COMPANY
    parent: UUID | None = Field(default=None, description="The account this one stands below.")
    segment: UUID | None = None
    owner: UUID | None = Field(default=None, description="The member who owns the account.")
    industry: str = Field(default="", max_length=LONGEST_TEXT)
    country: str = Field(default="", max_length=LONGEST_TEXT)
    city: str = Field(default="", max_length=LONGEST_TEXT)
    employees: int | None = Field(default=None, ge=0, le=MOST_EMPLOYEES)
    tags: list[str] = Field(default_factory=list, max_length=MOST_TAGS)
    came_from: str = Field(default="", max_length=LONGEST_TEXT)
    description: str = Field(default="", max_length=LONGEST_DESCRIPTION)


class AccountPatch(AccountIn, Patch):
    """The fields to change; what is left out stays as it is."""

    name: str = Field(default="", min_length=1, max_length=LONGEST_TEXT)
    version: int | None = Field(default=None, ge=1, le=MOST_EMPLOYEES, description="The version you have in hand, as If-Match.")


class AccountOut(Schema):
    """An account. ARR, stage and renewal are computed from ledgers and cannot be written."""

    id: UUID
    name: str
    external_id: str
    domain: str
    kind: AccountKind
    parent: UUID | None
    segment: UUID | None
    owner: UUID | None
    industry: str
    country: str
    city: str
    employees: int | None
    tags: list[str]
    came_from: str
    description: str
    stage: str | None = Field(description="Where the account stands on its path; null before its first stage.")
    arr: MoneyOut | None = Field(description="Annual recurring revenue, in the workspace's reporting currency.")
    renews_on: date | None
    last_contact_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class AccountPage(Page[AccountOut]):
    """One page of accounts."""


class DuplicateOut(Schema):
    """An account that may be the same company, and why."""

    account: AccountOut
    reasons: list[str] = Field(description="Which keys are equal: external_id, domain, name, words.")
    certainty: float = Field(description="0 to 1, by the strongest reason.")


class DuplicatesOut(Schema):
    """Likely duplicates, likeliest first."""

    items: list[DuplicateOut]


def account_out(ctx: Context, row: Account) -> AccountOut:
    """The account as the API writes it; its tags are loaded already."""
    return AccountOut(
        id=row.pk,
        name=row.name,
        external_id=row.external_id,
        domain=row.domain,
        kind=AccountKind(row.kind),
        parent=row.parent_id,
        segment=row.segment_id,
        owner=row.owner_id,
        industry=row.industry,
        country=row.country,
        city=row.city,
        employees=row.employees,
        tags=row.tags,  # type: ignore[attr-defined]
        came_from=row.came_from,
        description=row.description,
        stage=row.stage or None,
        arr=money_out(row.arr_minor, ctx.workspace.currency),
        renews_on=row.renews_on,
        last_contact_at=row.last_contact_at,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def duplicate_out(ctx: Context, found: Duplicate) -> DuplicateOut:
    """A likely duplicate as the API writes it."""
    return DuplicateOut(account=account_out(ctx, found.account), reasons=list(found.reasons), certainty=found.certainty)
