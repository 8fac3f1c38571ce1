"""Boundaries of the bow-tie: volume and conversion from stage to stage, by the cohort that entered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tenure.insights.domain.crossings import Passage, mature
from tenure.insights.domain.intervals import wilson_interval
from tenure.kernel.rounding import Exact, as_fraction, ratio


@dataclass(frozen=True, slots=True)
class Conversion:
    """Of those who entered a stage: how many crossed, were lost, are still on the way; a mature cohort may be judged.

    A deal that was lost later has still entered.
    """

    entered: int
    crossed: int
    lost: int
    is_mature: bool = True

    @property
    def open(self) -> int:
        """How many are still on the way."""
        return self.entered - self.crossed - self.lost

    @property
    def rate(self) -> Fraction | None:
        """Crossed of entered; None where nobody entered."""
        return ratio(self.crossed, self.entered)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the rate."""
        return wilson_interval(self.crossed, self.entered)


@dataclass(frozen=True, slots=True)
class OwnEntries:
    """Of those who really entered the stage before: how many really entered the next one, and after how many days on average.

    Whoever skipped either of the two is not among the crossed, and not among the entered if it was the first.
    """

    entered: int = 0
    crossed: int = 0
    mean_days: float | None = None

    @property
    def rate(self) -> Fraction | None:
        """Crossed of entered; None where nobody entered."""
        return ratio(self.crossed, self.entered)


def own_entries(entries: Iterable[Mapping[str, date]], source: str, target: str) -> OwnEntries:
    """The own entries at one boundary. entries: per turn, stage and day of entry, without stages that were skipped."""
    before = [each for each in entries if source in each]
    days = [(each[target] - each[source]).days for each in before if target in each]
    return OwnEntries(len(before), len(days), sum(days) / len(days) if days else None)


def passed_stages(entries: Mapping[str, date], order: Sequence[str], outcomes: Collection[str] = ()) -> dict[str, date]:
    """The stages a turn has passed, with the day, where a skipped stage counts as passed with the next one entered.

    entries: stage and day of entry, each stage once per turn. order: the chained stages, up to adopting; `outcomes`
    (renewed, expanded, advocate) stand side by side after it and are never inferred from one another nor imply one.
    """
    passed: dict[str, date] = {}
    latest: date | None = None
    for stage in reversed(order):
        entered = entries.get(stage, latest)
        if entered is not None:
            passed[stage] = entered
            latest = entered if latest is None else min(latest, entered)
    return passed | {stage: entries[stage] for stage in outcomes if stage in entries}


def conversion_between(entered: int, crossed: int, lost: int = 0) -> Conversion:
    """The conversion of one cohort from counts. Lost ones stay in the denominator."""
    return Conversion(entered, crossed, lost)


def conversion_without_lost(conversion: Conversion) -> Fraction | None:
    """The figure of systems that drop deals lost later from the count of those who entered: wrong, kept to explain.

    Source: https://github.com/frappe/crm, crm/api/dashboard.py, get_deal_status_change_counts
    """
    return ratio(conversion.crossed, conversion.entered - conversion.lost)


def conversion(passages: Iterable[Passage], as_of: date, *, is_mature: bool = True) -> Conversion:
    """The conversion of the passages, as it stands on `as_of`."""
    known = [each for each in passages if each.entered_on <= as_of]
    crossed = sum(1 for each in known if _crossed(each, as_of))
    lost = sum(1 for each in known if not _crossed(each, as_of) and each.lost_on is not None and each.lost_on <= as_of)
    return Conversion(len(known), crossed, lost, is_mature)


def conversion_by_cohort(cohorts: Mapping[tuple[int, int], Sequence[Passage]], as_of: date) -> dict[tuple[int, int], Conversion]:
    """Conversion by month of entry; a cohort is mature when all of it entered longer ago than crossings take."""
    everyone = [passage for passages in cohorts.values() for passage in passages]
    old_enough = {id(passage) for passage in mature(everyone, as_of)}
    return {
        month: conversion(passages, as_of, is_mature=all(id(passage) in old_enough for passage in passages))
        for month, passages in sorted(cohorts.items())
    }


@dataclass(frozen=True, slots=True)
class Leak:
    """What is lost at one boundary compared with a reference rate, in turns and in money."""

    stage: str
    missing: Fraction
    amount: Fraction


def worst_leak(
    conversions: Mapping[str, Conversion], reference_rates: Mapping[str, Exact], worth: Mapping[str, Exact]
) -> Leak | None:
    """The boundary that costs most: turns short of the reference rate x what one turn is worth.

    reference_rates: by boundary, for example last year's; worth: money per turn that crosses. None where none is short.
    """
    leaks = []
    for stage, each in conversions.items():
        if stage in reference_rates and each.is_mature:
            missing = as_fraction(reference_rates[stage]) * each.entered - each.crossed
            leaks.append(Leak(stage, missing, missing * as_fraction(worth.get(stage, 0))))
    worst = max(leaks, key=lambda leak: leak.amount, default=None)
    return worst if worst is not None and worst.amount > 0 else None


def _crossed(passage: Passage, as_of: date) -> bool:
    crossed, lost = passage.crossed_on, passage.lost_on
    return crossed is not None and crossed <= as_of and (lost is None or crossed <= lost)
