"""Renewal: of the contracts due in a period, how many and how much were renewed, and how early or late."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tenure.kernel.period import Period
from tenure.kernel.rounding import Exact, as_fraction, ratio


@dataclass(frozen=True, slots=True)
class ContractDue:
    """A contract that comes to its end: what it was worth, and what it was renewed for, and when (None: not)."""

    account: Hashable
    due_on: date
    amount: Exact
    renewed_on: date | None = None
    renewed_amount: Exact = 0


@dataclass(frozen=True, slots=True)
class RenewalRate:
    """Counts and amounts of contracts due; amounts renewed are capped at the amount due, growth is expansion."""

    due: int
    renewed: int
    early: int
    late: int
    amount_due: Fraction
    amount_renewed: Fraction

    @property
    def by_logo(self) -> Fraction | None:
        """Renewed contracts of contracts due."""
        return ratio(self.renewed, self.due)

    @property
    def by_amount(self) -> Fraction | None:
        """Renewed amount of the amount due."""
        return ratio(self.amount_renewed, self.amount_due)


def renewal_rate(contracts: Iterable[ContractDue], period: Period[date], as_of: date) -> RenewalRate:
    """The renewal rate of the contracts due in the period, as known on `as_of`, wherever the renewal itself falls.

    early, late: renewed before, or after, the day it was due.
    """
    due = renewed = early = late = 0
    amount_due = amount_renewed = Fraction(0)
    for contract in contracts:
        if not period.holds(contract.due_on):
            continue
        due += 1
        amount_due += as_fraction(contract.amount)
        if contract.renewed_on is not None and contract.renewed_on <= as_of:
            renewed += 1
            early += contract.renewed_on < contract.due_on
            late += contract.renewed_on > contract.due_on
            amount_renewed += min(as_fraction(contract.renewed_amount), as_fraction(contract.amount))
    return RenewalRate(due, renewed, early, late, amount_due, amount_renewed)
