"""Acquisition: what a lead, a customer and their payback cost, in total or per channel and persona."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tenure.kernel.rounding import Exact, as_fraction, half_up_integer, ratio

_DAYS_PER_MONTH = Fraction(3652425, 120000)


@dataclass(frozen=True, slots=True)
class ChannelResult:
    """What a channel (or a channel and persona) cost and brought in a period; amounts in one currency."""

    cost: Exact
    leads: Exact = 0
    customers: Exact = 0
    new_arr: Exact = 0
    gross_margin: Exact | None = None

    @property
    def cost_per_lead(self) -> Fraction | None:
        """Cost of one lead."""
        return ratio(self.cost, self.leads)

    @property
    def cac(self) -> Fraction | None:
        """Cost of one won customer."""
        return ratio(self.cost, self.customers)

    @property
    def cost_per_arr(self) -> Fraction | None:
        """Cost of one unit of new yearly revenue."""
        return ratio(self.cost, self.new_arr)

    @property
    def roi(self) -> Fraction | None:
        """(first year's gross margin - cost) / cost; without a known margin, on revenue."""
        margin = 1 if self.gross_margin is None else self.gross_margin
        return ratio(as_fraction(self.new_arr) * as_fraction(margin) - as_fraction(self.cost), self.cost)


def cac(spend: Exact, new_customers: Exact) -> Fraction | None:
    """Fully loaded sales and marketing spend per new customer; None where nobody was won."""
    return ratio(spend, new_customers)


def lagged_cac(
    spend_by_month: Mapping[int, Exact], customers_by_month: Mapping[int, Exact], month: int, cycle_days: Exact
) -> Fraction | None:
    """CAC of the customers won in `month` against the spend of one sales cycle before; None where a side is missing.

    Months are running numbers; cycle_days: the median sales cycle, taken as whole months, half-up.
    """
    lag = half_up_integer(as_fraction(cycle_days) / _DAYS_PER_MONTH)
    spend = spend_by_month.get(month - lag)
    return None if spend is None else cac(spend, customers_by_month.get(month, 0))


def payback_months(cac_per_customer: Exact, arpa: Exact, gross_margin: Exact = 1) -> Fraction | None:
    """Months until a customer has paid back what it cost: CAC / (monthly ARPA x gross margin)."""
    return ratio(cac_per_customer, as_fraction(arpa) * as_fraction(gross_margin))


def payback_months_aggregate(spend: Exact, new_mrr: Exact, gross_margin: Exact = 1) -> Fraction | None:
    """The same over a whole period: spend / (new MRR x gross margin); both forms agree for one firm.

    Source: https://docs.imboard.ai/docs/ontology/sales/cac_payback_period/
    """
    return ratio(spend, as_fraction(new_mrr) * as_fraction(gross_margin))


def ltv_to_cac(ltv: Exact | None, cac_per_customer: Exact | None) -> Fraction | None:
    """Lifetime value per unit of acquisition cost; None where either is undefined."""
    return None if ltv is None or cac_per_customer is None else ratio(ltv, cac_per_customer)
