"""Usage of one meter over its versions: each window is counted by the version in force when the window begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.kernel.period import Period
from tenure.usage.domain.definitions import MeterDefinition
from tenure.usage.queries.asking import Keys, Question, UsageRow, find_usage
from tenure.usage.queries.meters import version_at
from tenure.usage.queries.whose import find_spans

if TYPE_CHECKING:
    from tenure.stream.store.client import EventStore
    from tenure.usage.models import MeterVersion
    from tenure.workspace.context import Context

Values = tuple[Decimal | None, ...]


def usage_of_meter(
    ctx: Context, store: EventStore, versions: Sequence[MeterVersion], question: Question
) -> list[tuple[Keys, Values]]:
    """(keys, value of each window). versions: all of the meter, the latest first. What a level carries over ends with its version."""
    stretches = list(_stretches(versions, question))
    nothing = [_nothing(definition, count) for definition, _part, count in stretches]
    found: dict[Keys, list[Values]] = {} if question.by else {(): list(nothing)}
    for place, (definition, part, _count) in enumerate(stretches):
        for row in find_usage(ctx, store, [definition], part):
            found.setdefault(row.keys, list(nothing))[place] = _own(row)
    return [(keys, tuple(value for part in parts for value in part)) for keys, parts in found.items()]


def of_account(ctx: Context, store: EventStore, question: Question, account_id: UUID) -> Question:
    """The question, of one account's events alone."""
    return replace(question, spans=tuple(find_spans(ctx, store, [account_id])))


def _stretches(versions: Sequence[MeterVersion], question: Question) -> Iterator[tuple[MeterDefinition, Question, int]]:
    """Windows one after the other that one version counts: the version, the question for them, how many they are."""
    bounds = question.bounds
    in_force = [version_at(list(versions), start) for start in bounds[:-1]]
    first = 0
    for version, same in groupby(in_force, key=lambda version: version.number):
        count = len(list(same))
        period = Period(bounds[first], bounds[first + count])
        definition = next(each for each in versions if each.number == version).counts
        yield definition, replace(question, period=period), count
        first += count


def _nothing(definition: MeterDefinition, count: int) -> Values:
    return (Decimal(0) if definition.is_zero_for_nothing else None,) * count


def _own(row: UsageRow) -> Values:
    return row.values[0]
