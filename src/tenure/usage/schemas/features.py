"""Features and quotas as the API reads and writes them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tenure.usage.actions.set_quota import HIGHEST_THRESHOLD, MOST_THRESHOLDS
from tenure.usage.domain.numbers import shown
from tenure.usage.enums import QuotaPeriod
from tenure.usage.models import Feature, Quota
from tenure.usage.schemas.meters import Key, Short
from tenure.workspace.endpoints.schemas import In, Page, Partial

EventNames = Annotated[list[Short], Field(min_length=1, max_length=50, examples=[["report made"]])]


class FeatureIn(In):
    """A part of the product, seen by its events."""

    name: str = Field(min_length=1, max_length=120, examples=["Reports"])
    key: Key = ""
    events: EventNames
    is_core: bool = Field(default=False, description="What the product is bought for.")
    is_paid: bool = Field(default=False, description="What costs extra.")


class FeaturePatch(Partial):
    """What to change; what is left out stays."""

    name: str | None = Field(default=None, min_length=1, max_length=120)
    events: EventNames | None = None
    is_core: bool | None = None
    is_paid: bool | None = None


class FeatureOut(Schema):
    """A part of the product."""

    id: UUID
    key: str
    name: str
    events: list[str]
    is_core: bool
    is_paid: bool
    created_at: datetime


class FeaturePage(Page[FeatureOut]):
    """One page of features."""


class QuotaIn(In):
    """How much of a meter an account may use."""

    meter: UUID
    account: UUID | None = Field(default=None, description="Left out, the default of all that have none of their own.")
    amount: str = Field(pattern=r"^\d{1,26}(\.\d{1,12})?$", examples=["10000"])
    period: QuotaPeriod = QuotaPeriod.MONTH
    thresholds: list[Annotated[int, Field(ge=1, le=HIGHEST_THRESHOLD)]] = Field(
        default=[80, 100], max_length=MOST_THRESHOLDS, description="Per cent at which the account's owner is told."
    )


class QuotaOut(Schema):
    """How much of a meter an account may use."""

    id: UUID
    meter: UUID
    account: UUID | None
    amount: str
    period: QuotaPeriod
    thresholds: list[int]
    set_at: datetime


class QuotaPage(Page[QuotaOut]):
    """One page of quotas."""


def feature_out(feature: Feature) -> FeatureOut:
    """A feature as the API writes it."""
    return FeatureOut(
        id=feature.pk,
        key=feature.key,
        name=feature.name,
        events=feature.events,
        is_core=feature.is_core,
        is_paid=feature.is_paid,
        created_at=feature.created_at,
    )


def quota_out(quota: Quota) -> QuotaOut:
    """A quota as the API writes it."""
    return QuotaOut(
        id=quota.pk,
        meter=quota.meter_id,
        account=quota.account_id,
        amount=shown(quota.amount),
        period=QuotaPeriod(quota.period),
        thresholds=quota.thresholds,
        set_at=quota.set_at,
    )
