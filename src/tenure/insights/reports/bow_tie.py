"""The bow-tie as figures: stages with their volumes, boundaries with the past beside them, and the worst leak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.billing.models import MrrMovement
from tenure.directory.enums import Stage
from tenure.directory.models import Segment
from tenure.insights.cohort import Cohort
from tenure.insights.domain.boundaries import Conversion
from tenure.insights.domain.bowtie import ORDER, OUTCOMES, Crossing, NamedLeak, best_rates, find_leak, worst_group
from tenure.insights.domain.crossings import DayEnd
from tenure.insights.enums import Span
from tenure.insights.queries.leak_groups import groups_at
from tenure.insights.queries.ledger import Ledger, list_sources, measure
from tenure.insights.reports.figures import MICROS
from tenure.kernel.money import Money
from tenure.kernel.rounding import half_up_integer
from tenure.market.models import Channel
from tenure.market.queries.costs import channel_sums

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@dataclass(frozen=True, slots=True)
class StageFigure:
    """One stage: how many turns of the cohort passed it, how many of these really entered it; whether anything in the workspace ever did."""

    stage: str
    turns: int | None
    own: int | None = None
    before: int | None = None
    has_source: bool = True
    arr: Money | None = None

    @property
    def skipped(self) -> int:
        """How many passed it without an entry of their own."""
        return 0 if self.turns is None or self.own is None else self.turns - self.own

    @property
    def measure(self) -> float:
        """What its height in the picture is the log of: ARR where it is known, else how many."""
        return float(self.arr.minor if self.arr is not None else self.turns or 0)


@dataclass(frozen=True, slots=True)
class BoundaryFigure:
    """One boundary, and the same boundary of the cohort before (None: there is none). ends: how long it took, for the curve."""

    crossing: Crossing
    before: Crossing | None = None
    is_leak: bool = False
    ends: list[DayEnd] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LeakGroup:
    """The segment or channel (dimension: the filter's name) among which the leak is worst."""

    dimension: str
    group: Segment | Channel
    conversion: Conversion


@dataclass(frozen=True, slots=True)
class BowTie:
    """The report. leak_against: the segment whose rate the leak is held against; None where it is the company's own past.

    worth_of_customer: yearly revenue of a customer of the cohort when it began, minor units; None where none is known, and the leak
    counts customers.
    """

    cohort: Cohort
    computed_at: dt.datetime
    stages: list[StageFigure]
    boundaries: list[BoundaryFigure]
    leak: NamedLeak | None = None
    leak_against: Segment | None = None
    worth_of_customer: Fraction | None = None
    worst_among: LeakGroup | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is in the ledger."""
        return not any(figure.has_source for figure in self.stages)

    def stage(self, name: str) -> StageFigure:
        """The figure of one stage."""
        return next(figure for figure in self.stages if figure.stage == name)


def bow_tie(ctx: Context, parameters: Mapping[str, str]) -> BowTie:
    """The bow-tie that URL parameters ask for; without a period, of the last 12 months, or where nothing entered then, of all time."""
    sourced = list_sources(ctx)
    segments = {segment.pk: segment for segment in Segment.objects.all()}
    cohort = Cohort.read(ctx, parameters)
    by_segment = not cohort.segment
    with_money = ctx.holds("billing.view") and Stage.WON in sourced and MrrMovement.objects.exists()
    ledger = measure(ctx, cohort, sourced, by_segment=by_segment, with_money=with_money)
    if sourced and not any(ledger.current.volumes.values()) and not _is_asked(parameters):
        cohort = Cohort.read(ctx, parameters, default=Span.ALL)
        ledger = measure(ctx, cohort, sourced, by_segment=by_segment, with_money=with_money)
    worth = _worth_of_customer(ledger)
    leak, against = _leak(ledger, worth or 1, has_peers=not cohort.segment)
    return BowTie(
        cohort,
        ctx.now(),
        [_exposed(ctx, cohort), *(_stage(ctx, ledger, stage, sourced) for stage in (*ORDER, *OUTCOMES))],
        _boundaries(ledger, leak),
        leak,
        segments.get(against) if against else None,
        worth,
        _worst_among(ctx, cohort, leak, segments),
    )


def _worst_among(ctx: Context, cohort: Cohort, leak: NamedLeak | None, segments: Mapping[UUID, Segment]) -> LeakGroup | None:
    """Where the leak is worst: of all segments and channels, the one that differs most."""
    if leak is None or (cohort.segment and cohort.channel):
        return None
    groups = groups_at(ctx, cohort, leak.crossing)
    found = worst_group(leak.crossing.mature, groups)
    if found is None:
        return None
    dimension, key = found
    group = segments.get(key) if dimension == "segment" else Channel.objects.filter(pk=key).first()
    return LeakGroup(dimension, group, groups[found]) if group else None


def _is_asked(parameters: Mapping[str, str]) -> bool:
    return any(parameters.get(name) for name in ("period", "from", "to"))


def _stage(ctx: Context, ledger: Ledger, stage: str, sourced: set[str]) -> StageFigure:
    if stage not in sourced:
        return StageFigure(str(stage), None, has_source=False)
    before = ledger.before.volumes[stage] if ledger.before else None
    micros = ledger.current.mrr.get(stage) if any(ledger.current.mrr.values()) else None
    arr = None if micros is None else Money(half_up_integer(Fraction(micros) * 12 / MICROS), ctx.workspace.currency)
    return StageFigure(str(stage), ledger.current.volumes[stage], ledger.current.own[stage], before, arr=arr)


def _exposed(ctx: Context, cohort: Cohort) -> StageFigure:
    """How many saw the channels in the cohort's period: dated counts, no turns."""
    start, end = (cohort.period.start, cohort.period.end) if cohort.period else (None, None)
    found = [row.exposures for row in channel_sums(ctx, start=start, end=end) if cohort.channel in ("", str(row.channel_id))]
    if not any(found) or cohort.persona or cohort.segment or cohort.owner:
        return StageFigure(str(Stage.EXPOSED), None, has_source=False)
    return StageFigure(str(Stage.EXPOSED), sum(found))


def _worth_of_customer(ledger: Ledger) -> Fraction | None:
    micros, won = ledger.current.mrr.get(Stage.WON), ledger.current.volumes.get(Stage.WON)
    return Fraction(micros) * 12 / MICROS / won if micros and won else None


def _boundaries(ledger: Ledger, leak: NamedLeak | None) -> list[BoundaryFigure]:
    past = {each.boundary: each for each in ledger.before.crossings} if ledger.before else {}
    return [
        BoundaryFigure(
            each,
            past.get(each.boundary),
            is_leak=leak is not None and leak.crossing.boundary == each.boundary,
            ends=ledger.ends.get(each.boundary, []),
        )
        for each in ledger.current.crossings
    ]


def _leak(ledger: Ledger, worth: Fraction | int, *, has_peers: bool) -> tuple[NamedLeak | None, UUID | None]:
    past = ledger.before.crossings if ledger.before else []
    peers: dict[object, Sequence[Crossing]] = (
        {key: found.crossings for key, found in ledger.segments.items()} if has_peers else {}
    )
    best = best_rates(ledger.current.crossings, past, peers)
    rates: dict[tuple[str, str], Fraction] = {boundary: rate for boundary, (rate, _) in best.items()}
    leak = find_leak(ledger.current.crossings, rates, worth, past)
    against = best[leak.crossing.boundary][1] if leak else None
    return leak, against if isinstance(against, UUID) else None
