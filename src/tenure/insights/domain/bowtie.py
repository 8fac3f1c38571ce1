"""The bow-tie of one cohort: how many came how far, how many crossed each boundary, how long it took, and where it leaks.

The left wing is a chain, lead to adopting; renewed, expanded and advocate stand side by side, each against adopting.
Rule: DESIGN.md, "The stage ledger"; spec/metrics.md, "Left wing and the whole bow-tie".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from tenure.directory.enums import Stage
from tenure.insights.domain.boundaries import Conversion, Leak, worst_leak
from tenure.kernel.rounding import Exact, as_fraction, ratio

WINNING = (Stage.LEAD, Stage.QUALIFIED, Stage.OPPORTUNITY, Stage.WON)
CHAIN = (*WINNING, Stage.LIVE, Stage.ADOPTING)
OUTCOMES = (Stage.RENEWED, Stage.EXPANDED, Stage.ADVOCATE)
ORDER = (*WINNING, Stage.ONBOARDING, Stage.LIVE, Stage.ADOPTING)
LEAST_ENTERED = 20
COVERAGE = Fraction(9, 10)

Boundary = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Crossing:
    """What happened at one boundary: all who entered, those of them who entered long enough ago, and the days it took.

    mature_after: the age in days from which on a turn counts as old enough (the 90 % quantile of crossing times); None where
    nobody crossed. median_days: of those who crossed, from the old enough.
    """

    source: str
    target: str
    everyone: Conversion
    mature: Conversion
    median_days: float | None = None
    mature_after: int | None = None

    @property
    def boundary(self) -> Boundary:
        """Between which stages."""
        return self.source, self.target

    @property
    def shown(self) -> Conversion:
        """The conversion to show: of the old enough; of everyone, marked as not mature, where none is old enough."""
        if self.mature.entered:
            return self.mature
        return Conversion(self.everyone.entered, self.everyone.crossed, self.everyone.lost, is_mature=False)


def boundaries_of(sourced: Collection[str]) -> list[Boundary]:
    """The boundaries between the stages that have a source, outcomes against the last of the chain."""
    chain = [stage for stage in CHAIN if stage in sourced]
    last = [stage for stage in chain if stage not in WINNING[:-1]]
    outcomes = [(last[-1], stage) for stage in OUTCOMES if stage in sourced] if last else []
    return [(str(source), str(target)) for source, target in [*pairwise(chain), *outcomes]]


def is_keeping(boundary: Boundary) -> bool:
    """Whether the boundary lies after winning, where a loss is a churned customer."""
    return boundary[1] not in WINNING


@dataclass(frozen=True, slots=True)
class NamedLeak:
    """The worst leak: where, how many are missing against which better rate, and what they are worth (customers or money)."""

    crossing: Crossing
    leak: Leak
    reference_rate: Fraction


def worth_in_customers(crossings: Sequence[Crossing]) -> dict[str, Fraction]:
    """By boundary (its target), how many won customers one more turn across it brings: the product of the later rates to won."""
    worth: dict[str, Fraction] = {}
    chance = Fraction(1)
    for each in reversed([one for one in crossings if not is_keeping(one.boundary)]):
        worth[each.target] = chance
        chance *= each.shown.rate or Fraction(0)
    return worth | {each.target: Fraction(1) for each in crossings if is_keeping(each.boundary)}


def find_leak(
    crossings: Sequence[Crossing], references: Mapping[Boundary, Exact], worth_of_customer: Exact
) -> NamedLeak | None:
    """The boundary whose shortfall against its reference costs most.

    references: by boundary, the better rate it is held against (a year ago, or the best segment today). worth_of_customer: what one
    more customer is worth a year, in minor units; 1 counts customers. Boundaries with fewer than 20 old enough entries are left out.
    """
    judged = [each for each in crossings if each.mature.entered >= LEAST_ENTERED and each.boundary in references]
    customers = worth_in_customers(crossings)
    found = worst_leak(
        {each.target: each.mature for each in judged},
        {each.target: references[each.boundary] for each in judged},
        {each.target: customers[each.target] * as_fraction(worth_of_customer) for each in judged},
    )
    if found is None:
        return None
    crossing = next(each for each in judged if each.target == found.stage)
    return NamedLeak(crossing, found, as_fraction(references[crossing.boundary]))


def best_rates(
    current: Sequence[Crossing], previous: Sequence[Crossing], peers: Mapping[object, Sequence[Crossing]]
) -> dict[Boundary, tuple[Fraction, object]]:
    """By boundary, the best rate known besides the cohort's own, and whose it is: None for the past, else the peer.

    Peers (segments) count with at least 20 old enough entries, and only at boundaries where nearly all turns have one: often a
    segment is known only of those who crossed, and then every segment looks perfect.
    """
    known: dict[Boundary, int] = {}
    for each in (one for crossings in peers.values() for one in crossings):
        known[each.boundary] = known.get(each.boundary, 0) + each.everyone.entered
    covered = {one.boundary for one in current if known.get(one.boundary, 0) >= COVERAGE * one.everyone.entered}
    best: dict[Boundary, tuple[Fraction, object]] = {}
    for name, crossings in [(None, previous), *peers.items()]:
        for each in crossings:
            rate = each.mature.rate
            if rate is None or each.mature.entered < LEAST_ENTERED or (name is not None and each.boundary not in covered):
                continue
            if each.boundary not in best or rate > best[each.boundary][0]:
                best[each.boundary] = rate, name
    return best


def share_of(part: int, whole: int) -> Fraction | None:
    """Part of whole; None where there is no whole."""
    return ratio(part, whole)
