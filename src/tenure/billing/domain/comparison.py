"""Comparing two readings of the same facts movement by movement: two definitions, or what was known then and now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tenure.billing.domain.movements import Movement


@dataclass(frozen=True, slots=True)
class Difference:
    """What one reading has and the other has not, in order of time."""

    only_left: tuple[Movement, ...]
    only_right: tuple[Movement, ...]

    @property
    def micros(self) -> int:
        """By how much the right reading is above the left one; all movements are of one currency."""
        return sum(each.micros for each in self.only_right) - sum(each.micros for each in self.only_left)


def difference(left: Iterable[Movement], right: Iterable[Movement]) -> Difference:
    """The movements that explain why two readings differ.

    A restatement is the difference between the movements of the facts known then and of those known now.
    """
    first, second = Counter(left), Counter(right)
    return Difference(_in_order(first - second), _in_order(second - first))


def _in_order(movements: Counter[Movement]) -> tuple[Movement, ...]:
    return tuple(sorted(movements.elements(), key=lambda each: (each.effective_at, str(each.account), str(each.item))))
