"""What a meter counts: events, filters, aggregation, group keys, buckets, units. Frozen, and complete when it exists.

Rule: spec/billing.md, "Meters"; README.md of this room.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tenure.usage.domain.unit_conversion import UnitConversion
from tenure.usage.enums import Aggregation, FilterOperator, WindowSize

# What identifies and groups, rather than uses: no meter counts these unless it names them.
WHO_IS_WHO = ("$identify", "$group", "$alias")
# What may be filtered besides properties.
EVENT_NAME, USER = "$name", "$user"
OF_THE_EVENT = (EVENT_NAME, USER)

LEVELS = frozenset({Aggregation.WEIGHTED_SUM, Aggregation.RECURRING_SUM, Aggregation.PRORATED_RECURRING_SUM})
NEEDS_NUMBER = frozenset(
    {Aggregation.SUM, Aggregation.MAX, Aggregation.MIN, Aggregation.AVERAGE, Aggregation.LATEST, *LEVELS},
)
NOTHING_IS_ZERO = frozenset({Aggregation.COUNT, Aggregation.SUM, Aggregation.UNIQUE_COUNT, *LEVELS})
MAY_BE_BUCKETED = frozenset(
    {
        Aggregation.COUNT,
        Aggregation.SUM,
        Aggregation.MAX,
        Aggregation.MIN,
        Aggregation.AVERAGE,
        Aggregation.LATEST,
        Aggregation.UNIQUE_COUNT,
    }
)
NUMERIC_OPERATORS = frozenset({FilterOperator.LT, FilterOperator.LTE, FilterOperator.GT, FilterOperator.GTE})
ADD, REMOVE = "add", "remove"


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on a property (or `$name`, `$user`). Values that are decimals are compared as numbers, texts as texts.

    A missing property equals nothing: `ne` and `not_in` hold for it, all others do not.
    """

    field: str
    operator: FilterOperator
    values: tuple[str | Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class MeterDefinition:
    """One version of what a meter counts.

    events: names; none means every event but identify, group and alias. value: the property that is added up, compared or told
    apart (what is told apart may be $user or $name too). operation: the property that says `add` or `remove`, for unique counts. carries_over: whether a level goes on from before
    the period (running totals always do). bucket: the stretch whose value is taken and priced alone. zone: '' for the workspace's.
    """

    aggregation: Aggregation
    events: tuple[str, ...] = ()
    value: str = ""
    operation: str = ""
    filters: tuple[Filter, ...] = ()
    group_by: tuple[str, ...] = ()
    bucket: WindowSize | None = None
    carries_over: bool = False
    zone: str = ""
    unit: UnitConversion | None = None

    @property
    def is_level(self) -> bool:
        """Whether it is a level that goes on from window to window, rather than what happened within one."""
        return self.aggregation in LEVELS or bool(self.operation)

    @property
    def counts_before(self) -> bool:
        """Whether events before the period matter."""
        return self.carries_over or self.aggregation in LEVELS - {Aggregation.WEIGHTED_SUM}

    @property
    def is_zero_for_nothing(self) -> bool:
        """Whether no events at all mean 0 rather than no value."""
        return self.aggregation in NOTHING_IS_ZERO


def numeric_properties(definition: MeterDefinition) -> list[str]:
    """The properties that the meter reads as numbers."""
    taken = [definition.value] if definition.aggregation in NEEDS_NUMBER else []
    compared = [each.field for each in definition.filters if each.values and isinstance(each.values[0], Decimal)]
    return list(dict.fromkeys(name for name in [*taken, *compared] if name and name not in OF_THE_EVENT))
