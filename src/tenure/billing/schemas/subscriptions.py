"""Subscriptions as the API reads and writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import Field

from tenure.billing.enums import Rhythm, SubscriptionState
from tenure.billing.models import SubscriptionItem
from tenure.billing.records import ITEM, SUBSCRIPTION
from tenure.billing.schemas.items import ItemOut, TermsIn, item_out
from tenure.workspace.endpoints.records import record_out
from tenure.workspace.endpoints.schemas import (
    AccountId,
    Custom,
    In,
    MoneyOut,
    Name,
    Page,
    Patch,
    Reason,
    RecordOut,
    Several,
    Text,
)
from tenure.workspace.lists.custom import load_custom

if TYPE_CHECKING:
    from tenure.billing.models import Subscription
    from tenure.workspace.context import Context

NO_ID, NO_DAY = UUID(int=0), date.min


class SubscriptionIn(TermsIn):
    """What an account agrees to pay for, with its first item. Account, plan and first day are needed."""

    account: AccountId
    starts_on: date
    ends_on: date | None = Field(default=None, description="The first day on which it runs no longer.")
    cancelled_on: date | None = Field(default=None, description="When notice was given; it still runs to its end.")
    end_reason: Text = ""
    signed_on: date | None = None
    live_on: date | None = Field(default=None, description="When the customer went live.")
    adopting_on: date | None = Field(default=None, description="Since when it is part of the customer's work.")
    term: Rhythm | None = Field(default=None, description="After how long it is renewed; left out, as its first item is paid.")
    term_count: Several = Field(default=1, description="How many terms at a time.")
    opportunity: UUID | None = Field(default=None, description="The deal it was sold by.")
    custom: Custom = Field(default_factory=dict)


class SubscriptionPatch(SubscriptionIn, Patch):
    """The fields to correct: what is corrected was always so. Terms that change from a day on are an item's change."""

    account: AccountId = NO_ID
    plan: Name = ""
    starts_on: date = NO_DAY


class EndingIn(In):
    """A customer's notice."""

    notice_on: date | None = Field(default=None, description="When it was given; left out, today.")
    ends_on: date | None = Field(
        default=None, description="From when it runs no longer; left out, when its present term is over."
    )
    reason: Reason = ""


class SubscriptionOut(RecordOut):
    """What an account pays for. Plan, amount per month, state and renewal follow from its items."""

    account: UUID
    opportunity: UUID | None
    plan: str
    monthly: MoneyOut | None
    state: SubscriptionState
    starts_on: date
    ends_on: date | None
    renews_on: date | None
    cancelled_on: date | None
    end_reason: str
    is_trial: bool
    trial_ends_on: date | None
    signed_on: date | None
    live_on: date | None
    adopting_on: date | None
    term: Rhythm | None
    term_count: int
    items: list[ItemOut]
    custom: Custom


class SubscriptionPage(Page[SubscriptionOut]):
    """One page of subscriptions."""


def load_items(ctx: Context, rows: Sequence[Subscription]) -> None:
    """Put their items on the subscriptions, with the items' custom fields, in one query."""
    wanted = SubscriptionItem.objects.filter(subscription_id__any_of=[row.pk for row in rows]).select_related("slots")
    found = list(wanted.order_by("id"))
    load_custom(ctx, ITEM.name, found)
    items = defaultdict(list)
    for item in found:
        items[item.subscription_id].append(item)
    for row in rows:
        row.items = items[row.pk]  # type: ignore[attr-defined]


def subscription_out(ctx: Context, row: Subscription) -> SubscriptionOut:
    """The subscription as the API writes it; its items are loaded already."""
    items = [item_out(ctx, item) for item in row.items]  # type: ignore[attr-defined]
    monthly = MoneyOut(amount=str(row.monthly.to_decimal()), currency=row.currency)
    return record_out(ctx, SubscriptionOut, SUBSCRIPTION, row, monthly=monthly, items=items)
