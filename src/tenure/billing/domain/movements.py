"""Movements: why MRR changed. A pure function of a definition and the item values of one billing parent.

The movements of any period add up to closing minus opening MRR, because each is a difference of two levels.
"New beside an active one" and "the last one cancelled" are judged over all items given: pass the facts of one billing
parent of the account tree together.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import NamedTuple

from tenure.billing.domain.definitions import ChurnAt, Definition, Pause, Reactivation, SameMonth
from tenure.billing.domain.item_values import ItemValue, State, Step, timeline
from tenure.billing.domain.levels import level
from tenure.kernel.rounding import Exact

DISCOUNT_ADDED = "discount_added"
DISCOUNT_EXPIRED = "discount_expired"
INVOLUNTARY = "involuntary"
ENDED_WHILE_PAUSED = "ended_while_paused"


class Kind(StrEnum):
    """What a movement is."""

    NEW = "new"
    EXPANSION = "expansion"
    CONTRACTION = "contraction"
    CHURN = "churn"
    REACTIVATION = "reactivation"
    PAUSE = "pause"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class Movement:
    """One change of MRR: `micros` per month (signed, millionths of a minor unit of `currency`) from `effective_at` on.

    rate: the item's locked rate into the reporting currency, None where none was known. recorded_at: when the fact behind it became known.
    """

    account: Hashable
    item: Hashable
    kind: Kind
    micros: int
    currency: str
    rate: Exact | None
    effective_at: datetime
    recorded_at: datetime
    reason: str = ""


class _Change(NamedTuple):
    """A difference of one item that still has to be named: was it running before, and which facts are behind it."""

    step: Step
    fact: ItemValue
    micros: int
    was_alive: bool


def movements_of_account(definition: Definition, facts: Iterable[ItemValue], zone: tzinfo = UTC) -> list[Movement]:
    """The movements of one billing parent, in order of time.

    facts: its item values, in any order. zone: whose calendar months count where a definition drops a customer who
    joins and leaves within one month. Time grows with n log n of the facts.
    """
    by_item: dict[Hashable, list[ItemValue]] = {}
    for fact in facts:
        by_item.setdefault(fact.item, []).append(fact)
    steps = [step for values in by_item.values() for step in _steps(definition, values)]
    if len(by_item) > 1:
        steps.sort(key=attrgetter("at"))
    account = _Account(definition, zone)
    first, count = 0, len(steps)
    while first < count:
        at, last = steps[first].at, first + 1
        while last < count and steps[last].at == at:
            last += 1
        account.take(at, steps[first:last])
        first = last
    return account.movements


def movements_by_parent(
    definition: Definition,
    facts: Iterable[ItemValue],
    parent: Callable[[ItemValue], Hashable] = attrgetter("account"),
    zone: tzinfo = UTC,
) -> Iterator[Movement]:
    """The movements of many accounts, streamed: one billing parent in memory at a time.

    facts: sorted so that those of one parent stand together; parent: names the billing parent of a fact.
    """
    for _, group in groupby(facts, key=parent):
        yield from movements_of_account(definition, group, zone)


def _steps(definition: Definition, values: Sequence[ItemValue]) -> list[Step]:
    """The steps of one item; where churn counts from the notice, the item leaves when notice was given."""
    steps = [step for step in timeline(values) if not _is_renewal(step)]
    if definition.churn_at is not ChurnAt.CANCELLATION or all(fact.cancelled_at is None for fact in values):
        return steps
    cut: list[Step] = []
    for step, following in zip_longest(steps, steps[1:]):
        notice = step.value.cancelled_at if step.value is not None else None
        if notice is None or (following is not None and notice >= following.at):
            cut.append(step)
        elif notice > step.at:
            cut += [step, Step(notice, None, step.value)]
        else:
            cut.append(Step(step.at, None, step.before))
    return cut


def _is_renewal(step: Step) -> bool:
    """Whether the item just goes on as before, as most facts of a ledger say: no definition makes a movement of that."""
    value, before = step.value, step.before
    return (
        value is not None
        and before is not None
        and value.net_minor == before.net_minor
        and value.state is before.state
        and value.list_minor == before.list_minor
        and value.discount is before.discount
        and value.charge is before.charge
        and value.cancelled_at == before.cancelled_at
        and value.currency == before.currency
        and (value.interval is before.interval or value.interval == before.interval)
    )


class _Account:
    """One billing parent on its way through time: what each item is worth, and since when it is a customer."""

    __slots__ = (
        "alive", "definition", "ended_at", "held", "joined_as", "joined_at", "levels", "mark", "movements", "pauses",
        "zone",
    )  # fmt: skip

    def __init__(self, definition: Definition, zone: tzinfo) -> None:
        self.definition, self.zone = definition, zone
        self.movements: list[Movement] = []
        self.levels: dict[Hashable, int] = {}
        self.held: dict[Hashable, int] = {}
        self.alive = 0
        self.joined_at: datetime | None = None
        self.joined_as = Kind.NEW
        self.ended_at: datetime | None = None
        self.mark = 0
        self.pauses = definition.pause is Pause.APART

    def take(self, at: datetime, steps: Sequence[Step]) -> None:
        """Apply all changes of one instant together, and name each difference by what it did to the account."""
        before = self.alive
        changes = [change for step in steps if (change := self._change(at, step)) is not None]
        if not changes:
            if before and not self.alive:
                self._leave(at)
            return
        if not before and not self.alive:
            for change in changes:
                self._add(at, change, Kind.EXPANSION if change.micros > 0 else Kind.CONTRACTION, change.micros)
        elif not before:
            self._join(at)
            for change in changes:
                self._add(at, change, self.joined_as, change.micros)
        elif not self.alive:
            for change in changes:
                self._add(at, change, Kind.CHURN, change.micros)
            self._leave(at)
        else:
            for change, micros in _netted(changes):
                self._add(at, change, self._kind_beside(at, change, micros), micros)

    def _change(self, at: datetime, step: Step) -> _Change | None:
        """Move one item to its new value; pauses and resumptions are written at once, the rest is left to be named."""
        fact = step.value or step.before
        if fact is None:
            return None
        item = fact.item
        old, held = self.levels.get(item, 0), self.held.pop(item, 0) if self.held else 0
        new = 0 if step.value is None else level(self.definition, step.value)
        if self.pauses and step.value is not None and step.value.state is State.PAUSED and old + held > 0:
            self.held[item], self.levels[item] = old + held, 0
            if old:
                self._add(at, _Change(step, fact, -old, was_alive=True), Kind.PAUSE, -old)
            return None
        if held:
            self._add(at, _Change(step, fact, held, was_alive=True), Kind.RESUME, held)
        self.levels[item] = new
        was_alive = old > 0 or held > 0
        self.alive += (new > 0) - was_alive
        difference = new - old - held
        return _Change(step, fact, difference, was_alive) if difference else None

    def _join(self, at: datetime) -> None:
        """The account becomes a customer: new once, afterwards a return, or new again after the definition's window."""
        self.joined_as, self.mark, self.joined_at = Kind.NEW, len(self.movements), at
        if self.ended_at is not None:
            window = self.definition.reactivation_within_days
            if window is None or at - self.ended_at <= timedelta(days=window):
                expands = self.definition.reactivation is Reactivation.EXPANSION
                self.joined_as = Kind.EXPANSION if expands else Kind.REACTIVATION

    def _leave(self, at: datetime) -> None:
        """The account is no customer any more; a life within one month vanishes where the definition drops it."""
        joined = self.joined_at
        if (
            self.definition.same_month is SameMonth.DROPPED
            and self.joined_as is Kind.NEW
            and joined is not None
            and _month(joined, self.zone) == _month(at, self.zone)
        ):
            del self.movements[self.mark :]
        else:
            self.ended_at = at

    def _kind_beside(self, at: datetime, change: _Change, micros: int) -> Kind:
        """What a difference is while the account stays a customer."""
        if micros < 0:
            return Kind.CONTRACTION
        if not change.was_alive and self.joined_at is not None:
            window = timedelta(minutes=self.definition.new_window_minutes)
            if window and at - self.joined_at <= window:
                return self.joined_as
        return Kind.EXPANSION

    def _add(self, at: datetime, change: _Change, kind: Kind, micros: int) -> None:
        fact = change.fact
        reason = ENDED_WHILE_PAUSED if kind is Kind.RESUME and change.step.value is None else _reason(change.step)
        self.movements.append(
            Movement(fact.account, fact.item, kind, micros, fact.currency, fact.rate, at, fact.recorded_at, reason)
        )


def _netted(changes: list[_Change]) -> list[tuple[_Change, int]]:
    """The differences of one instant, where gains and losses of one currency offset each other.

    Going from one plan to another is one movement of the difference, not a loss and a gain.
    """
    if len(changes) == 1:
        return [(changes[0], changes[0].micros)]
    offsets: dict[tuple[str, Exact | None], list[int]] = {}
    for change in changes:
        sums = offsets.setdefault((change.fact.currency, change.fact.rate), [0, 0])
        sums[change.micros > 0] += abs(change.micros)
    for sums in offsets.values():
        sums[:] = [min(sums), min(sums)]
    netted = []
    for change in changes:
        sums = offsets[change.fact.currency, change.fact.rate]
        gains = change.micros > 0
        offset = min(abs(change.micros), sums[gains])
        sums[gains] -= offset
        left = abs(change.micros) - offset
        if left:
            netted.append((change, left if gains else -left))
    return netted


def _reason(step: Step) -> str:
    """Why an item changed: as the fact says; else an expired or added discount, or dunning that ended without money."""
    value, before = step.value, step.before
    if value is not None and value.reason:
        return value.reason
    if value is None or value.state is State.ENDED:
        if before is None:
            return ""
        return before.end_reason or (INVOLUNTARY if before.state is State.PAST_DUE else "")
    if before is None or before.list_minor != value.list_minor or before.interval != value.interval:
        return ""
    if before.net_minor == value.net_minor:
        return ""
    return DISCOUNT_EXPIRED if value.net_minor > before.net_minor else DISCOUNT_ADDED


def _month(at: datetime, zone: tzinfo) -> tuple[int, int]:
    local = at.astimezone(zone)
    return local.year, local.month


def closing_levels(movements: Iterable[Movement]) -> dict[Hashable, dict[str, int]]:
    """What the movements add up to: micros by account and currency."""
    closing: dict[Hashable, dict[str, int]] = {}
    for movement in movements:
        levels = closing.setdefault(movement.account, {})
        levels[movement.currency] = levels.get(movement.currency, 0) + movement.micros
    return closing
