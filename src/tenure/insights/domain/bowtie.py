"""The bow-tie of one cohort: how many came how far, how many crossed each boundary, how long it took, and where it leaks.

The left wing is a chain, lead to adopting; renewed, expanded and advocate stand side by side, each against adopting.
Rule: DESIGN.md, "The stage ledger"; spec/metrics.md, "Left wing and the whole bow-tie".
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from tenure.directory.enums import Stage
from tenure.insights.domain.boundaries import Conversion, Leak, OwnEntries, worst_leak
from tenure.insights.domain.intervals import wilson_interval
from tenure.kernel.rounding import Exact, as_fraction, ratio

WINNING = (Stage.LEAD, Stage.QUALIFIED, Stage.OPPORTUNITY, Stage.WON)
CHAIN = (*WINNING, Stage.LIVE, Stage.ADOPTING)
OUTCOMES = (Stage.RENEWED, Stage.EXPANDED, Stage.ADVOCATE)
ORDER = (*WINNING, Stage.ONBOARDING, Stage.LIVE, Stage.ADOPTING)
LEAST_ENTERED = 20
COVERAGE = Fraction(9, 10)
CONFIDENCE = 0.8

Boundary = tuple[str, str]
Group = TypeVar("Group", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Crossing:
    """What happened at one boundary: all who entered, those of them who entered long enough ago, and the days it took.

    mature_after: the age in days from which on a turn counts as old enough (the 90 % quantile of crossing times); None where
    nobody crossed. median_days: of those who crossed, from the old enough. churned_after: of those who crossed, how many left later.
    """

    source: str
    target: str
    everyone: Conversion
    mature: Conversion
    median_days: float | None = None
    mature_after: int | None = None
    churned_after: int = 0
    own: OwnEntries = field(default_factory=OwnEntries)

    @property
    def uplift(self) -> Fraction | None:
        """How much rarer those who crossed left later than those who did not cross, a share of at least 0; None while too few tell."""
        if self.everyone.entered - self.everyone.crossed < LEAST_ENTERED:
            return None
        left_behind = ratio(self.everyone.lost, self.everyone.entered - self.everyone.crossed) or Fraction(0)
        left_after = ratio(self.churned_after, self.everyone.crossed) or Fraction(0)
        return max(Fraction(0), left_behind - left_after)

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


def worth_in_customers(crossings: Sequence[Crossing], previous: Sequence[Crossing] = ()) -> dict[str, Fraction]:
    """By boundary (its target), how many customers one more turn across it brings or keeps.

    Before won, the product of the later rates up to won; after it, how much rarer those who crossed leave, in this cohort or the one
    before, or all of the customer while too few tell; a renewal keeps one.
    """
    past = {each.boundary: each.uplift for each in previous}
    worth: dict[str, Fraction] = {}
    chance = Fraction(1)
    for each in reversed([one for one in crossings if not is_keeping(one.boundary)]):
        worth[each.target] = chance
        chance *= each.shown.rate or Fraction(0)
    for each in crossings:
        if is_keeping(each.boundary):
            known = [one for one in (each.uplift, past.get(each.boundary)) if one is not None]
            worth[each.target] = Fraction(1) if each.target == Stage.RENEWED or not known else max(known)
    return worth


def find_leak(
    crossings: Sequence[Crossing],
    references: Mapping[Boundary, Exact],
    worth_of_customer: Exact,
    previous: Sequence[Crossing] = (),
) -> NamedLeak | None:
    """The boundary whose shortfall against its reference costs most.

    references: by boundary, the better rate it is held against (a year ago, or the best segment today). worth_of_customer: what one
    more customer is worth a year, in minor units; 1 counts customers. Boundaries with fewer than 20 old enough entries are left out, and
    so are expansion and advocacy (what did not happen there was not lost), and rates that chance alone may have made: the reference lies
    within their 80 % interval.
    """
    judged = [
        each
        for each in crossings
        if each.mature.entered >= LEAST_ENTERED
        and each.boundary in references
        and each.target not in (Stage.EXPANDED, Stage.ADVOCATE)
        and is_beyond_chance(each.mature, references[each.boundary])
    ]
    customers = worth_in_customers(crossings, previous)
    found = worst_leak(
        {each.target: each.mature for each in judged},
        {each.target: references[each.boundary] for each in judged},
        {each.target: customers[each.target] * as_fraction(worth_of_customer) for each in judged},
    )
    if found is None:
        return None
    crossing = next(each for each in judged if each.target == found.stage)
    return NamedLeak(crossing, found, as_fraction(references[crossing.boundary]))


def is_beyond_chance(conversion: Conversion, reference: Exact) -> bool:
    """Whether the reference rate lies above the 80 % interval of the conversion."""
    interval = wilson_interval(conversion.crossed, conversion.entered, CONFIDENCE)
    return interval is not None and float(reference) > interval[1]


def best_rates(
    current: Sequence[Crossing], previous: Sequence[Crossing], peers: Mapping[object, Sequence[Crossing]]
) -> dict[Boundary, tuple[Fraction, object]]:
    """By boundary, the best rate known besides the cohort's own, and whose it is: None for the past, else the peer.

    Peers (segments) count with at least 20 old enough entries, only after winning (how often a prospect buys differs by segment; a customer
    should go live in any), and only where nearly all turns have one: a segment known only of those who crossed looks perfect.
    """
    known: dict[Boundary, int] = {}
    for each in (one for crossings in peers.values() for one in crossings):
        known[each.boundary] = known.get(each.boundary, 0) + each.everyone.entered
    covered = {
        one.boundary
        for one in current
        if is_keeping(one.boundary) and known.get(one.boundary, 0) >= COVERAGE * one.everyone.entered
    }
    best: dict[Boundary, tuple[Fraction, object]] = {}
    for name, crossings in [(None, previous), *peers.items()]:
        for each in crossings:
            rate = each.mature.rate
            if rate is None or each.mature.entered < LEAST_ENTERED or (name is not None and each.boundary not in covered):
                continue
            if each.boundary not in best or rate > best[each.boundary][0]:
                best[each.boundary] = rate, name
    return best


def worst_group(whole: Conversion, groups: Mapping[Group, Conversion]) -> Group | None:
    """The group (a segment, a channel) that crosses most rarely, against all others; None where chance alone may have made it.

    A group counts with at least 20 entries, and with as many outside of it; the rate of the others must lie above its 80 % interval.
    """
    gaps: dict[Group, Fraction] = {}
    for name, each in groups.items():
        others = Conversion(whole.entered - each.entered, whole.crossed - each.crossed, whole.lost - each.lost)
        if min(each.entered, others.entered) < LEAST_ENTERED or each.rate is None or others.rate is None:
            continue
        if is_beyond_chance(each, others.rate):
            gaps[name] = others.rate - each.rate
    return max(gaps, key=lambda name: gaps[name], default=None)


def share_of(part: int, whole: int) -> Fraction | None:
    """Part of whole; None where there is no whole."""
    return ratio(part, whole)
