"""Lead scores learnt from closed deals: naive Bayes over what was known about each lead.

Source: https://github.com/odoo/odoo/blob/master/addons/crm/tests/test_crm_pls.py (the published figures; the method is
the textbook one with 0.1 added to every count).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

SMOOTHING = Fraction(1, 10)
MIN_TAG_COUNT = 50
TAG_FEATURES = frozenset({"tag", "tags", "tag_id", "tag_ids"})

Features = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ClosedDeal:
    """A deal that was won or lost, the last stage it stood in, and what was known about it."""

    won: bool
    stage: str
    features: Features


@dataclass(slots=True)
class Tally:
    """How often something was seen on won and on lost deals, smoothing included."""

    won: Fraction = SMOOTHING
    lost: Fraction = SMOOTHING


@dataclass(frozen=True, slots=True)
class Frequencies:
    """What the closed deals say: a tally per stage, and per value of each feature."""

    stages: Sequence[str]
    by_stage: Mapping[str, Tally]
    by_feature: Mapping[str, Mapping[object, Tally]] = field(default_factory=dict)


def learn(stages: Sequence[str], closed: Iterable[ClosedDeal]) -> Frequencies:
    """Count the closed deals.

    stages: all stages in order, the last one won. A won deal counts for every stage, a lost one for the stages up to
    its own; values that are not set are left out.
    """
    by_stage: dict[str, Tally] = {}
    by_feature: defaultdict[str, dict[object, Tally]] = defaultdict(dict)
    for deal in closed:
        passed = stages if deal.won else stages[: _position(stages, deal.stage) + 1]
        for stage in passed:
            _count(by_stage.setdefault(stage, Tally()), won=deal.won)
        for name, value in _known(deal.features):
            _count(by_feature[name].setdefault(value, Tally()), won=deal.won)
    return Frequencies(stages, by_stage, by_feature)


def probability(frequencies: Frequencies, stage: str | None, features: Features) -> Fraction | None:
    """The chance (0 to 1) that a lead in `stage` with these features is won; None before anything was won or lost.

    A lead without stage has 0, one in the last stage 1. Shown between 0.01 % and 99.99 %.
    """
    if stage is None:
        return Fraction(0)
    if stage == frequencies.stages[-1]:
        return Fraction(1)
    start = frequencies.by_stage.get(frequencies.stages[0])
    if start is None:
        return None
    closed = start.won + start.lost
    won, lost = start.won / closed, start.lost / closed
    here = frequencies.by_stage.get(stage)
    if here is not None:
        won, lost = won * here.won / start.won, lost * here.lost / start.lost
    for name, value in _known(features):
        tallies = _usable(name, frequencies.by_feature.get(name, {}))
        if value in tallies:
            tally = tallies[value]
            won *= tally.won / sum((each.won for each in tallies.values()), Fraction(0))
            lost *= tally.lost / sum((each.lost for each in tallies.values()), Fraction(0))
    return won / (won + lost)


def shown_percent(chance: Fraction) -> Fraction:
    """The chance in per cent as pages show it: certainty is left to deals that are closed."""
    if chance in (0, 1):
        return 100 * chance
    return min(max(100 * chance, Fraction(1, 100)), Fraction(9999, 100))


def _usable(name: str, tallies: Mapping[object, Tally]) -> Mapping[object, Tally]:
    """The tallies that may be used: tags are left out until seen often enough to mean something."""
    if name not in TAG_FEATURES:
        return tallies
    return {value: tally for value, tally in tallies.items() if tally.won + tally.lost >= MIN_TAG_COUNT}


def _known(features: Features) -> Iterable[tuple[str, object]]:
    """Feature and value for each value that is set; a list stands for several values."""
    for name, value in features.items():
        values = value if isinstance(value, list | tuple) else (value,)
        for each in values:
            if each is not None and each != "":
                yield name, each


def _position(stages: Sequence[str], stage: str) -> int:
    """Where the stage stands; a stage that no longer exists counts as the first."""
    return stages.index(stage) if stage in stages else 0


def _count(tally: Tally, *, won: bool) -> None:
    if won:
        tally.won += 1
    else:
        tally.lost += 1
