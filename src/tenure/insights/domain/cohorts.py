"""Cohorts: customers by the month they joined, followed month by month (the retention triangle)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from tenure.kernel.rounding import Exact, as_fraction, ratio


@dataclass(frozen=True, slots=True)
class CohortMember:
    """One account: the month it joined, as a running number, and its MRR by months since then (absent is 0)."""

    joined_month: int
    mrr_by_age: Mapping[int, Exact]


@dataclass(slots=True)
class CohortRow:
    """One cohort: how many joined, what they paid in their first month, and what is left at each age reached so far."""

    joined_month: int
    customers: int = 0
    start: Fraction = Fraction(0)
    customers_by_age: list[int] = field(default_factory=list)
    mrr_by_age: list[Fraction] = field(default_factory=list)

    @property
    def logo_retention(self) -> list[Fraction | None]:
        """Share of the customers still paying, by age."""
        return [ratio(kept, self.customers) for kept in self.customers_by_age]

    @property
    def revenue_retention(self) -> list[Fraction | None]:
        """Share of the first month's MRR, by age; above 1 where the cohort grew."""
        return [ratio(kept, self.start) for kept in self.mrr_by_age]


def triangle(members: Iterable[CohortMember], as_of_month: int) -> list[CohortRow]:
    """The retention triangle up to and including `as_of_month`; ages a cohort has not reached are not there at all."""
    rows: dict[int, CohortRow] = {}
    for member in members:
        ages = as_of_month - member.joined_month + 1
        if ages < 1:
            continue
        row = rows.get(member.joined_month)
        if row is None:
            row = rows[member.joined_month] = CohortRow(
                member.joined_month, customers_by_age=[0] * ages, mrr_by_age=[Fraction(0)] * ages
            )
        _follow(row, member, ages)
    return [rows[month] for month in sorted(rows)]


def _follow(row: CohortRow, member: CohortMember, ages: int) -> None:
    row.customers += 1
    row.start += as_fraction(member.mrr_by_age.get(0, 0))
    for age, amount in member.mrr_by_age.items():
        if 0 <= age < ages and amount > 0:
            row.customers_by_age[age] += 1
            row.mrr_by_age[age] += as_fraction(amount)
