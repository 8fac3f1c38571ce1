"""MRR movements as the API writes them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from tenure.billing.enums import MovementKind
from tenure.workspace.endpoints.schemas import MoneyOut, Page

if TYPE_CHECKING:
    from tenure.billing.models import MrrMovement


class MovementOut(Schema):
    """One change of MRR, and why. The movements of a period add up to its closing minus its opening MRR."""

    id: UUID
    account: UUID
    parent: UUID = Field(description="The billing parent at which new and churn were judged.")
    subscription: UUID
    item: UUID
    kind: MovementKind
    monthly: MoneyOut = Field(description="Per month, signed, rounded for display.")
    micros: str = Field(description="The same exactly: millionths of a minor unit.", examples=["4900000000"])
    rate: str | None = Field(
        description="Locked: minor units of the reporting currency for one of this; null where none was published."
    )
    effective_on: date
    effective_at: AwareDatetime
    recorded_at: AwareDatetime
    voided_at: AwareDatetime | None = Field(description="Since when it counts no longer.")
    reason: str


class MovementPage(Page[MovementOut]):
    """One page of movements."""


def movement_out(row: MrrMovement) -> MovementOut:
    """The movement as the API writes it."""
    return MovementOut(
        id=row.pk,
        account=row.account_id,
        parent=row.parent_id,
        subscription=row.subscription_id,
        item=row.item_id,
        kind=MovementKind(row.kind),
        monthly=MoneyOut(amount=str(row.monthly.to_decimal()), currency=row.currency),
        micros=str(row.micros),
        rate=None if row.rate is None else f"{row.rate.normalize():f}",
        effective_on=row.effective_on,
        effective_at=row.effective_at,
        recorded_at=row.recorded_at,
        voided_at=row.voided_at,
        reason=row.reason,
    )
