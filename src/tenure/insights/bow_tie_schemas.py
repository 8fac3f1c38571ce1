"""What the API answers about the bow-tie."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tenure.insights.domain.boundaries import Conversion
from tenure.insights.domain.crossings import half_crossed_after, shares_by
from tenure.insights.reports.bow_tie import BoundaryFigure, BowTie
from tenure.insights.schemas import SHARE, PeriodOut, amount, exact, period_out
from tenure.workspace.endpoints.schemas import MoneyOut, money_out

if TYPE_CHECKING:
    from tenure.workspace.context import Context


class StageOut(Schema):
    """One stage of the bow-tie."""

    stage: str
    has_source: bool = Field(description="Whether anything in the workspace ever entered it.")
    turns: int | None = Field(
        description="How many passed it; who skipped it has passed it with the next stage entered, up to adopting."
    )
    own_entries: int | None = Field(description="How many of these really entered it.")
    before: int | None = Field(description="The same in the period before, followed just as long.")
    arr: MoneyOut | None


class ConversionOut(Schema):
    """Of those who entered: crossed, lost, still on the way."""

    entered: int
    crossed: int
    lost: int
    open: int
    rate: str | None = Field(description=SHARE)
    interval: list[float] | None = Field(description="The 95% interval of the rate.")


class CrossedByOut(Schema):
    """What became of those who entered within so many days; lost is the competing risk, open ones are censored."""

    days: int
    crossed: float | None = Field(description="A share; null where nobody has been watched that long.")
    lost: float | None


class OwnEntriesOut(Schema):
    """Of those who really entered the stage before, old enough or not: how many really entered the next one."""

    entered: int
    crossed: int
    rate: str | None = Field(description=SHARE)
    mean_days: float | None = Field(description="Days between the two entries, on average of those who have both.")


class BoundaryOut(Schema):
    """One boundary of the bow-tie. `mature` holds those who entered long enough ago to be judged."""

    source: str
    target: str
    everyone: ConversionOut
    mature: ConversionOut
    mature_after_days: int | None
    median_days: float | None
    crossed_by: list[CrossedByOut]
    own_entries: OwnEntriesOut
    half_crossed_after_days: int | None = Field(description="When half of all had crossed; null where fewer than half do.")
    rate_before: str | None = Field(description=SHARE)


class LeakOut(Schema):
    """The boundary whose shortfall against its best known rate costs most."""

    source: str
    target: str
    rate: str | None
    reference_rate: str | None
    reference_segment: UUID | None = Field(description="The segment whose rate it is; null for the period before.")
    worst_segment: UUID | None = Field(description="Among whom it is worst, where one differs beyond chance.")
    worst_channel: UUID | None
    missing_turns: str | None
    worth: MoneyOut | None = Field(description="Yearly revenue; null where none is known.")


class BowTieOut(Schema):
    """The bow-tie of one cohort."""

    computed_at: dt.datetime
    period: PeriodOut
    stages: list[StageOut]
    boundaries: list[BoundaryOut]
    leak: LeakOut | None


def bow_tie_out(ctx: Context, report: BowTie) -> BowTieOut:
    """The bow-tie as the API writes it."""
    return BowTieOut(
        computed_at=report.computed_at,
        period=period_out(report.cohort),
        stages=[
            StageOut(
                stage=figure.stage, has_source=figure.has_source, turns=figure.turns, own_entries=figure.own, before=figure.before,
                arr=money_out(figure.arr.minor, figure.arr.currency) if figure.arr else None,
            )
            for figure in report.stages
        ],
        boundaries=[_boundary(figure) for figure in report.boundaries],
        leak=_leak(ctx, report),
    )  # fmt: skip


def _conversion(one: Conversion) -> ConversionOut:
    interval = list(one.interval) if one.interval else None
    return ConversionOut(
        entered=one.entered, crossed=one.crossed, lost=one.lost, open=one.open, rate=exact(one.rate), interval=interval
    )


def _boundary(figure: BoundaryFigure) -> BoundaryOut:
    crossing, before, own = figure.crossing, figure.before, figure.crossing.own
    return BoundaryOut(
        source=crossing.source, target=crossing.target, everyone=_conversion(crossing.everyone), mature=_conversion(crossing.mature),
        mature_after_days=crossing.mature_after, median_days=crossing.median_days,
        crossed_by=[CrossedByOut(days=days, crossed=at.crossed if at else None, lost=at.lost if at else None) for days, at in shares_by(figure.ends).items()],
        own_entries=OwnEntriesOut(entered=own.entered, crossed=own.crossed, rate=exact(own.rate), mean_days=own.mean_days),
        half_crossed_after_days=half_crossed_after(figure.ends), rate_before=exact(before.shown.rate) if before else None,
    )  # fmt: skip


def _leak(ctx: Context, report: BowTie) -> LeakOut | None:
    found = report.leak
    if found is None:
        return None
    worth, among = report.worth_of_customer, report.worst_among
    worst = {among.dimension: among.group.pk} if among else {}
    return LeakOut(
        source=found.crossing.source, target=found.crossing.target, rate=exact(found.crossing.mature.rate), reference_rate=exact(found.reference_rate),
        reference_segment=report.leak_against.pk if report.leak_against else None, worst_segment=worst.get("segment"), worst_channel=worst.get("channel"), missing_turns=exact(found.leak.missing),
        worth=amount(ctx, found.leak.amount) if worth is not None else None,
    )  # fmt: skip
