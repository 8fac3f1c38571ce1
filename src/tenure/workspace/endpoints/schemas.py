"""Shapes that every room's schemas share: pages, money, and what a body gives an action."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Annotated, Any, Generic, Self, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, model_validator

from tenure.kernel.errors import Invalid
from tenure.kernel.money import Money, minor_digits

Item = TypeVar("Item")

LONGEST_TEXT = 500
LARGEST_COUNT = 2_147_483_647

Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
LongText = Annotated[str, Field(max_length=10_000)]
ExternalId = Annotated[str, Field(max_length=LONGEST_TEXT, description="Its id in your own system; unique here.")]
Email = Annotated[str, Field(max_length=LONGEST_TEXT, pattern=r"^$|^[^@\s]+@[^@\s]+$", examples=["marit@hollis.example"])]
Count = Annotated[int, Field(ge=0, le=LARGEST_COUNT)]
Several = Annotated[int, Field(ge=1, le=32_767)]
Reason = Annotated[str, Field(max_length=LONGEST_TEXT, description="Why, for whoever looks at it later.")]
Custom = Annotated[
    dict[str, Any],
    Field(
        max_length=200, description="The workspace's own fields by key; GET /custom-fields says which there are and of what kind."
    ),
]
AccountId = Annotated[UUID, Field(description="Id of an account.")]
MemberId = Annotated[UUID, Field(description="Id of a member.")]


class In(Schema):
    """What a caller sends: names that the schema does not know are refused, not ignored."""

    model_config = ConfigDict(extra="forbid")


def _without_defaults(schema: dict[str, Any]) -> None:
    """What is left out keeps its value rather than falling back to a default, so the document names none."""
    for part in schema.get("properties", {}).values():
        part.pop("default", None)


class Partial(In):
    """What a caller says of something that is there: what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_without_defaults)


class Patch(Partial):
    """What a caller changes of a record: every field may be left out."""

    version: int | None = Field(default=None, ge=1, le=LARGEST_COUNT, description="The version you have in hand, as If-Match.")


class MoneyIn(In):
    """An exact amount of nought or more."""

    amount: str = Field(pattern=r"^\d{1,12}(\.\d{1,4})?$", description="In major units.", examples=["84000.00"])
    currency: str = Field(pattern="^[A-Z]{3}$", description="ISO 4217 code.", examples=["EUR"])

    @model_validator(mode="after")
    def _is_exact(self) -> Self:
        try:
            self.money()
        except Invalid as error:
            raise ValueError(f"{self.currency} has {minor_digits(self.currency)} decimals") from error
        return self

    def money(self) -> Money:
        """The amount in minor units."""
        return Money.of(self.amount, self.currency)


class MoneyOut(Schema):
    """An exact amount."""

    amount: str = Field(description="In major units, with exactly the currency's decimals.", examples=["84000.00"])
    currency: str = Field(description="ISO 4217 code.", examples=["EUR"])


class RecordOut(Schema):
    """What every record has besides its own fields."""

    id: UUID
    external_id: str = Field(description="Its id in your own system.")
    version: int
    created_at: datetime
    updated_at: datetime


class Page(Schema, Generic[Item]):
    """One page of a list."""

    items: list[Item]
    next: str | None = Field(description="Send it as `after` for the next page; null on the last one.")
    previous: str | None = Field(description="Send it as `before` for the page before; null on the first one.")


def money_out(minor: int | None, currency: str) -> MoneyOut | None:
    """Minor units as the API writes money; None stays None."""
    if minor is None:
        return None
    money = Money(minor, currency)
    return MoneyOut(amount=str(money.to_decimal()), currency=money.currency)


def given_values(body: Schema, *but: str) -> dict[str, Any]:
    """What the caller gave, by field name, ready for an action; what was left out is missing. but: fields that are no values."""
    given = body.model_dump(exclude_unset=True, exclude=set(but))
    return {name: value.value if isinstance(value, Enum) else value for name, value in given.items()}
