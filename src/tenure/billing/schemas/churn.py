"""Reports of churn as the API reads and writes them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tenure.workspace.endpoints.schemas import (
    AccountId,
    Custom,
    ExternalId,
    In,
    LongText,
    MoneyIn,
    MoneyOut,
    Page,
    Patch,
    RecordOut,
    Text,
)

NO_ID, NO_DAY = UUID(int=0), date.min


class ReportedChurnIn(In):
    """Somebody says that an account left."""

    account: AccountId
    churned_on: date
    reason: Text = ""
    refund: MoneyIn | None = None
    comment: LongText = ""
    external_id: ExternalId = ""
    custom: Custom = Field(default_factory=dict)


class ReportedChurnPatch(ReportedChurnIn, Patch):
    """The fields to change; what is left out stays as it is."""

    account: AccountId = NO_ID
    churned_on: date = NO_DAY


class ReportedChurnOut(RecordOut):
    """What somebody said about a customer who left. It moves no MRR."""

    account: UUID
    churned_on: date
    reason: str
    refund: MoneyOut | None
    comment: str
    custom: Custom


class ReportedChurnPage(Page[ReportedChurnOut]):
    """One page of reports."""


class ChurnComparisonOut(Schema):
    """Reports beside subscriptions: both counts, and why they differ."""

    reported: int = Field(description="Reports of churn.")
    subscriptions: int
    ended: int = Field(description="Subscriptions that have an end.")
    matched: int = Field(description="Reports whose account has a subscription that ended on the very day.")
    other_day: int = Field(description="Reports of accounts of which a subscription ended on another day only.")
    never_ended: int = Field(description="Reports of accounts of which no subscription ended.")
    still_paying: int = Field(description="Reports of accounts that pay today.")
    churned_accounts: int = Field(description="Accounts whose last paid subscription ended.")
