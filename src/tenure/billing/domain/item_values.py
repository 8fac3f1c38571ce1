"""Item values: the facts that every revenue number is computed from.

A fact says what one subscription item is worth from one instant to another, and when that became known. Facts are only
ever added: a later one about the same item and time replaces the earlier for everyone who asks after it was recorded.
"""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tenure.kernel.anchor import MONTHLY, Interval
from tenure.kernel.period import Period
from tenure.kernel.rounding import Exact


class State(StrEnum):
    """Where an item stands while a value holds."""

    TRIAL = "trial"
    PAID = "paid"
    PAUSED = "paused"
    PAST_DUE = "past_due"
    ENDED = "ended"


class Charge(StrEnum):
    """What kind of charge an item is; a committed minimum is recurring, what goes beyond it is usage."""

    RECURRING = "recurring"
    USAGE = "usage"
    ONE_OFF = "one_off"


class DiscountDuration(StrEnum):
    """How long the discount between list and net amount lasts."""

    ONCE = "once"
    REPEATING = "repeating"
    FOREVER = "forever"


@dataclass(frozen=True, slots=True)
class ItemValue:
    """What one item of an account is worth during `valid`, as known since `recorded_at`.

    Where facts of one item overlap, the one recorded last rules; where it ends, an earlier one that still runs rules
    again. So an item ends by the end of its last value, or by a value in the state `ended` without end.

    list_minor, net_minor: minor units per `interval`, without tax, before and after discount, for the whole quantity.
    rate: the locked rate into the reporting currency, of the day the item was first paid (1 where it is the same; None where no
    rate was known): minor units per minor unit.
    reason: why this value begins; end_reason: why it ends where nothing follows it.
    cancelled_at: when the customer gave notice; the value still runs to the end of `valid`.
    """

    item: Hashable
    account: Hashable
    list_minor: int
    net_minor: int
    currency: str
    valid: Period[datetime]
    recorded_at: datetime
    interval: Interval = MONTHLY
    state: State = State.PAID
    charge: Charge = Charge.RECURRING
    discount: DiscountDuration | None = None
    rate: Exact | None = 1
    source: str = ""
    reason: str = ""
    end_reason: str = ""
    cancelled_at: datetime | None = None


@dataclass(slots=True)
class Step:
    """From `at` on, `value` holds (None: nothing does); `before` is the value that held until then."""

    at: datetime
    value: ItemValue | None
    before: ItemValue | None


def known_at(facts: Iterable[ItemValue], instant: datetime) -> list[ItemValue]:
    """The facts that were recorded at or before `instant`: the ground of a restatement."""
    return [fact for fact in facts if fact.recorded_at <= instant]


def timeline(facts: Sequence[ItemValue]) -> list[Step]:
    """The steps of one item in order of time, each instant ruled by the fact recorded last.

    facts: all of one item, in any order; of two recorded at the same instant the later in the sequence rules.
    """
    ordered = sorted(facts, key=lambda fact: fact.valid.start) if len(facts) > 1 else facts
    changes = _successive(ordered) if _is_successive(ordered, facts) else _layered(facts)
    steps: list[Step] = []
    before: ItemValue | None = None
    for at, value in changes:
        if value is not before:
            steps.append(Step(at, value, before))
            before = value
    return steps


def _is_successive(ordered: Sequence[ItemValue], facts: Sequence[ItemValue]) -> bool:
    """Whether each fact was recorded after the one before it and lasts at least as long, as facts nearly always do.

    Facts recorded together follow one another only where they were also given in order of time.
    """
    before = ordered[0]
    in_order: bool | None = None
    for fact in ordered[1:]:
        if fact.recorded_at < before.recorded_at:
            return False
        if fact.recorded_at == before.recorded_at:
            if in_order is None:
                in_order = all(one is given for one, given in zip(ordered, facts, strict=True))
            if not in_order:
                return False
        end = fact.valid.end
        if end is not None and (before.valid.end is None or before.valid.end > end):
            return False
        before = fact
    return True


def _successive(ordered: Sequence[ItemValue]) -> list[tuple[datetime, ItemValue | None]]:
    """Steps where each fact simply takes over from the one before it."""
    changes: list[tuple[datetime, ItemValue | None]] = []
    last = len(ordered) - 1
    for number, fact in enumerate(ordered):
        following = ordered[number + 1].valid.start if number < last else None
        start, end = fact.valid.start, fact.valid.end
        if start in (following, end):
            continue
        changes.append((start, fact))
        if end is not None and (following is None or end < following):
            changes.append((end, None))
    return changes


def _layered(facts: Sequence[ItemValue]) -> list[tuple[datetime, ItemValue | None]]:
    """Steps where facts lie over one another in any way: a sweep that keeps the layers in force on a heap."""
    by_recording = sorted(range(len(facts)), key=lambda at: facts[at].recorded_at)
    layers = sorted((facts[at].valid.start, -rank, at) for rank, at in enumerate(by_recording))
    bounds = {fact.valid.start for fact in facts} | {fact.valid.end for fact in facts if fact.valid.end is not None}
    changes: list[tuple[datetime, ItemValue | None]] = []
    in_force: list[tuple[int, int]] = []
    waiting = 0
    for bound in sorted(bounds):
        while waiting < len(layers) and layers[waiting][0] <= bound:
            heapq.heappush(in_force, layers[waiting][1:])
            waiting += 1
        while in_force and _is_over(facts[in_force[0][1]], bound):
            heapq.heappop(in_force)
        changes.append((bound, facts[in_force[0][1]] if in_force else None))
    return changes


def _is_over(fact: ItemValue, at: datetime) -> bool:
    return fact.valid.end is not None and fact.valid.end <= at
