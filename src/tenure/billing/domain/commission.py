"""Commission: how much of it is taken back when the customer leaves early."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tenure.kernel.rounding import Exact, as_fraction

# From month (inclusive) to the next row: share taken back. Source: https://www.prowi.io/en/glossary/churn-rate
TIERS: tuple[tuple[Exact, Exact], ...] = (
    (0, Fraction(1)),
    (3, Fraction(1, 2)),
    (6, Fraction(1, 4)),
    (12, Fraction(0)),
)


def clawback_by_month(commission: Exact, churned_after_months: Exact, tiers: Sequence[tuple[Exact, Exact]] = TIERS) -> Fraction:
    """The commission taken back when the customer leaves after so many months.

    tiers: rising (from month, share); each holds from its month up to but not including the next.
    """
    share: Exact = 0
    for month, taken in tiers:
        if churned_after_months >= month:
            share = taken
    return as_fraction(commission) * as_fraction(share)


def clawback_by_term(commission: Exact, contract_months: Exact, served_months: Exact) -> Fraction | None:
    """The commission taken back in proportion to the months not served; None for a contract of no length.

    Source: https://pulserevops.com/reviews/ra0207
    """
    if contract_months == 0:
        return None
    unserved = max(as_fraction(contract_months) - as_fraction(served_months), Fraction(0))
    return as_fraction(commission) * min(unserved / as_fraction(contract_months), Fraction(1))
