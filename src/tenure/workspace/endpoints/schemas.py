"""Shapes that every room's schemas share: pages, money, and what a body gives an action."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from tenure.kernel.money import Money

Item = TypeVar("Item")

AccountId = Annotated[UUID, Field(description="Id of an account.")]


class In(Schema):
    """What a caller sends: names that the schema does not know are refused, not ignored."""

    model_config = ConfigDict(extra="forbid")


def _without_defaults(schema: dict[str, Any]) -> None:
    """Nothing is needed, and what is left out keeps its value rather than falling back to a default."""
    schema.pop("required", None)
    for part in schema.get("properties", {}).values():
        part.pop("default", None)


class Patch(In):
    """What a caller changes: every field may be left out."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_without_defaults)


class MoneyOut(Schema):
    """An exact amount."""

    amount: str = Field(description="In major units, with exactly the currency's decimals.", examples=["84000.00"])
    currency: str = Field(description="ISO 4217 code.", examples=["EUR"])


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
