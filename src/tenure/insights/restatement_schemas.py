"""What the API answers about restatements. Shares are exact decimals as text; undefined is null, never 0."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from tenure.billing.enums import MovementKind
from tenure.insights.domain.restatements import Figure, MonthFigures
from tenure.insights.schemas import SHARE, amount, exact
from tenure.workspace.endpoints.schemas import MoneyOut

if TYPE_CHECKING:
    from tenure.insights.reports.restatements import LoggedMonth, Reason, Restatements
    from tenure.workspace.context import Context


class ReportedFiguresOut(Schema):
    """The figures of a month under one state of knowledge."""

    mrr: MoneyOut | None = Field(description="At the month's end, at locked exchange rates.")
    nrr: str | None = Field(description=SHARE)
    grr: str | None = Field(description=SHARE)
    customer_churn: str | None = Field(description=SHARE)


class RestatingMovementOut(Schema):
    """A movement that was recorded, or turned out untrue, since a month was reported."""

    movement: UUID
    account: UUID
    item: UUID
    plan: str
    kind: MovementKind
    effective_on: dt.date
    recorded_at: AwareDatetime
    voided_at: AwareDatetime | None
    effect: MoneyOut | None = Field(description="What it did to MRR, signed, in the reporting currency.")
    change_set: UUID | None = Field(description="The change set that did it; null where none did.")
    actor: str = Field(description="Who did it; empty for Tenure itself.")
    explains: list[Figure]


class RestatedMonthOut(Schema):
    """A closed month as it was reported and as it is known now."""

    month: str
    known_at: AwareDatetime = Field(description="The instant of the report: the end of the 5th of the month after.")
    first_known_at: AwareDatetime | None = Field(description="Since when anything is known, where nothing was at `known_at`.")
    reported: ReportedFiguresOut | None = Field(description="Null where nothing was known when the month was reported.")
    now: ReportedFiguresOut
    restated: list[Figure]
    movements: list[RestatingMovementOut] = Field(description="The largest first; empty where nothing was restated.")
    has_more: bool = Field(description="Whether there are more movements than are given; ask for the month alone.")


class RestatementsOut(Schema):
    """The restatement log, latest month first."""

    computed_at: AwareDatetime
    months: list[RestatedMonthOut]


def restatements_out(ctx: Context, report: Restatements) -> RestatementsOut:
    """The log as the API writes it."""
    return RestatementsOut(computed_at=report.computed_at, months=[_month(ctx, month) for month in report.months])


def _month(ctx: Context, month: LoggedMonth) -> RestatedMonthOut:
    found = month.figures
    return RestatedMonthOut(
        month=f"{found.month:%Y-%m}",
        known_at=found.known_at,
        first_known_at=found.first_known_at,
        reported=_figures(ctx, found.reported) if found.reported else None,
        now=_figures(ctx, found.now),
        restated=found.restated,
        movements=[_movement(ctx, reason) for reason in month.reasons],
        has_more=month.is_cut,
    )


def _figures(ctx: Context, found: MonthFigures) -> ReportedFiguresOut:
    return ReportedFiguresOut(
        mrr=amount(ctx, found.mrr), nrr=exact(found.nrr), grr=exact(found.grr), customer_churn=exact(found.customer_churn)
    )


def _movement(ctx: Context, reason: Reason) -> RestatingMovementOut:
    change, cause = reason.change, reason.cause
    return RestatingMovementOut(
        movement=change.movement_id,
        account=change.account_id,
        item=change.item_id,
        plan=change.plan,
        kind=MovementKind(change.kind),
        effective_on=change.effective_on,
        recorded_at=change.known.recorded_at,
        voided_at=change.known.voided_at,
        effect=amount(ctx, reason.effect),
        change_set=cause.change_set_id if cause else None,
        actor=cause.actor if cause else "",
        explains=[figure for figure in Figure if figure in reason.figures],
    )
