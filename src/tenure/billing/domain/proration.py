"""Proration: what a change inside a paid period costs now, and what a prorated invoice line says about MRR."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tenure.kernel.rounding import Exact, as_fraction


@dataclass(frozen=True, slots=True)
class Proration:
    """A change of plan inside a period, in unrounded amounts: all positive.

    unused: of the old price, given back; remaining: of the new price, charged; mrr_after: the new price in full, since
    a proration line is never MRR.
    """

    unused: Fraction
    remaining: Fraction
    mrr_after: Fraction

    @property
    def net(self) -> Fraction:
        """What is due now: the charge less the credit."""
        return self.remaining - self.unused

    @property
    def next_charge(self) -> Fraction:
        """What is due at the next renewal where the difference waits for it."""
        return self.mrr_after + self.net


def prorate(old: Exact, new: Exact, fraction_left: Exact) -> Proration:
    """Change from `old` to `new` per period with `fraction_left` (0 to 1) of the period still to come.

    Nothing is rounded here: a daily price rounded first loses cents (0.33 x 15 is not 5.00).
    Source: https://docs.stripe.com/billing/subscriptions/prorations
    """
    left = as_fraction(fraction_left)
    return Proration(as_fraction(old) * left, as_fraction(new) * left, as_fraction(new))


def mrr_from_proration(amount: Exact, full: Exact, prorated: Exact, *, tax: Exact = 0, plan_months: Exact = 1) -> Fraction | None:
    """The MRR that a prorated invoice line stands for; None where it covers no time.

    full, prorated: length of the whole period and of the part paid for, in one unit (seconds are exact, days are not).
    Source: https://dev.chartmogul.com/docs/how-mrr-is-calculated-from-prorated-invoices
    """
    if prorated == 0 or plan_months == 0:
        return None
    net = as_fraction(amount) - as_fraction(tax)
    return net * as_fraction(full) / as_fraction(prorated) / as_fraction(plan_months)
