"""Accounts as the API reads and writes them. Names are those of the list's columns and the record's fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tenure.directory.enums import AccountKind
from tenure.directory.records import ACCOUNT, load_tags
from tenure.directory.records.account import load_team
from tenure.workspace.endpoints.records import record_out
from tenure.workspace.endpoints.schemas import (
    Count,
    Custom,
    ExternalId,
    In,
    LongText,
    MemberId,
    MoneyOut,
    Name,
    Page,
    Patch,
    Text,
    money_out,
)

if TYPE_CHECKING:
    from tenure.directory.models import Account
    from tenure.directory.queries.duplicates import Duplicate
    from tenure.workspace.context import Context

MOST_TAGS = 100


class AccountIn(In):
    """A new account. Only the name is needed."""

    name: Name = Field(examples=["Hollis Logistics"])
    external_id: ExternalId = ""
    domain: Text = Field(default="", examples=["hollis.example"])
    kind: AccountKind = AccountKind.COMPANY
    parent: UUID | None = Field(default=None, description="The account this one stands below.")
    segment: UUID | None = None
    owner: UUID | None = Field(default=None, description="The member who owns the account.")
    seller: MemberId | None = None
    success: MemberId | None = None
    implementation: MemberId | None = None
    support: MemberId | None = None
    industry: Text = ""
    country: Text = ""
    city: Text = ""
    employees: Count | None = None
    tags: list[Text] = Field(default_factory=list, max_length=MOST_TAGS)
    came_from: Text = ""
    description: LongText = ""
    custom: Custom = Field(default_factory=dict)


class AccountPatch(AccountIn, Patch):
    """The fields to change; what is left out stays as it is."""

    name: Name = ""


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
    seller: UUID | None = Field(description="The member who sells to it.")
    success: UUID | None = Field(description="The member who sees to its success.")
    implementation: UUID | None = Field(description="The member who brings it live.")
    support: UUID | None = Field(description="The member who helps it.")
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
    custom: Custom
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


def load_details(rows: Sequence[Account]) -> None:
    """Put tags and team on the rows, in two queries."""
    load_tags(rows)
    load_team(rows)


def account_out(ctx: Context, row: Account) -> AccountOut:
    """The account as the API writes it; its tags and team are loaded already."""
    return record_out(
        ctx, AccountOut, ACCOUNT, row, stage=row.stage or None, arr=money_out(row.arr_minor, ctx.workspace.currency)
    )


def duplicate_out(ctx: Context, found: Duplicate) -> DuplicateOut:
    """A likely duplicate as the API writes it."""
    return DuplicateOut(account=account_out(ctx, found.account), reasons=list(found.reasons), certainty=found.certainty)
