"""Subscription items as the API reads and writes them, and what each was worth when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from tenure.billing.enums import ChargeKind, DiscountKind, Rhythm, ValueState
from tenure.billing.records import ITEM
from tenure.workspace.endpoints.records import record_out
from tenure.workspace.endpoints.schemas import (
    Custom,
    ExternalId,
    In,
    MoneyIn,
    MoneyOut,
    Name,
    Page,
    Partial,
    Patch,
    RecordOut,
    Several,
    Text,
    money_out,
)

if TYPE_CHECKING:
    from tenure.billing.models import ItemFact, SubscriptionItem
    from tenure.workspace.context import Context

Quantity = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=6, description="Seats, licences, units.")]


class TermsIn(In):
    """What is agreed about one item."""

    plan: Name = Field(examples=["Team"])
    quantity: Quantity = Decimal(1)
    net_amount: MoneyIn | None = Field(
        default=None, description="Per interval, for the whole quantity, after discount, without tax; left out, the list amount."
    )
    list_amount: MoneyIn | None = Field(default=None, description="The same before discount; left out, the net amount.")
    interval: Rhythm = Field(default=Rhythm.MONTH, description="How often it is due.")
    interval_count: Several = Field(default=1, description="How many intervals at a time.")
    charge: ChargeKind = ChargeKind.RECURRING
    discount: DiscountKind | None = Field(default=None, description="How long the difference between list and net amount lasts.")
    discount_ends_on: date | None = None
    is_trial: bool = False
    trial_ends_on: date | None = None
    external_id: ExternalId = ""


class ItemIn(TermsIn):
    """A further item of a subscription. Days that are left out are the subscription's."""

    starts_on: date | None = None
    ends_on: date | None = Field(default=None, description="The first day on which it runs no longer.")
    custom: Custom = Field(default_factory=dict)


class ItemPatch(ItemIn, Patch):
    """The fields to correct: what is corrected was always so. Terms that change from a day on are changed, not patched."""

    plan: Name = ""


class ItemChangeIn(Partial):
    """New terms from a day on; what is left out goes on as it was."""

    on: date = Field(description="The day from which the new terms hold.")
    plan: Text = ""
    quantity: Quantity = Decimal(1)
    net_amount: MoneyIn | None = None
    list_amount: MoneyIn | None = None
    interval: Rhythm = Rhythm.MONTH
    interval_count: Several = 1
    discount: DiscountKind | None = None
    discount_ends_on: date | None = None


class ItemOut(RecordOut):
    """One thing a subscription consists of. The first item has the subscription's own id."""

    subscription: UUID
    account: UUID
    plan: str
    quantity: str = Field(examples=["25"])
    net_amount: MoneyOut
    list_amount: MoneyOut
    interval: Rhythm
    interval_count: int
    charge: ChargeKind
    discount: DiscountKind | None
    discount_ends_on: date | None
    starts_on: date | None = Field(description="Null where it is the subscription's.")
    ends_on: date | None = Field(description="Null where it is the subscription's.")
    is_trial: bool
    trial_ends_on: date | None
    replaces: UUID | None = Field(description="The item whose terms this one changed.")
    custom: Custom


class ItemsOut(Schema):
    """The items of one subscription, in the order in which they were added."""

    items: list[ItemOut]


class ItemValueOut(Schema):
    """What an item was worth from one instant to another, and since when that is known. Facts are added, never changed."""

    id: UUID
    state: ValueState
    net_amount: MoneyOut | None
    list_amount: MoneyOut | None
    interval: Rhythm
    interval_count: int
    charge: ChargeKind
    discount: DiscountKind | None
    rate: str | None = Field(
        description="Locked: minor units of the reporting currency for one of this; null where none was published."
    )
    valid_from: AwareDatetime
    valid_to: AwareDatetime | None
    recorded_at: AwareDatetime
    superseded_at: AwareDatetime | None = Field(description="Since when later facts stand in its place.")
    reason: str
    end_reason: str


class ItemValuePage(Page[ItemValueOut]):
    """One page of an item's values."""


def item_out(ctx: Context, item: SubscriptionItem) -> ItemOut:
    """The item as the API writes it."""
    return record_out(ctx, ItemOut, ITEM, item, quantity=f"{Decimal(item.quantity).normalize():f}")


def item_value_out(fact: ItemFact) -> ItemValueOut:
    """The value as the API writes it."""
    return ItemValueOut(
        id=fact.pk,
        state=ValueState(fact.state),
        net_amount=money_out(fact.net_minor, fact.currency),
        list_amount=money_out(fact.list_minor, fact.currency),
        interval=Rhythm(fact.interval),
        interval_count=fact.interval_count,
        charge=ChargeKind(fact.charge),
        discount=DiscountKind(fact.discount) if fact.discount else None,
        rate=None if fact.rate is None else f"{fact.rate.normalize():f}",
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
        recorded_at=fact.recorded_at,
        superseded_at=fact.superseded_at,
        reason=fact.reason,
        end_reason=fact.end_reason,
    )
