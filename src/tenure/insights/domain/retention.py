"""Retention: what became of the revenue, and of the customers, that were there at the start. Exact shares."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from tenure.billing.domain.definitions import GrossRetention, ReactivationInRetention
from tenure.insights.domain.churn import RevenueChange
from tenure.kernel.errors import Invalid
from tenure.kernel.rounding import Exact, as_fraction, ratio

Key = TypeVar("Key")


class SurvivorFormRefused(Invalid):
    """Net retention was asked for customers of today only."""

    code = "survivor_form_refused"
    message = "Net retention starts from the customers of then: looking back from those who stayed leaves out who left."


@dataclass(frozen=True, slots=True)
class Retained:
    """One account (billing parent) of the opening cohort: its MRR at the start and at the end of the window."""

    begin: Exact
    end: Exact


@dataclass(frozen=True, slots=True)
class SurvivorBias:
    """The same accounts read twice: only those who stayed, and the whole cohort of then."""

    survivors_only: Fraction | None
    full_cohort: Fraction | None


def gross_retention(accounts: Iterable[Retained], form: GrossRetention = GrossRetention.PER_ACCOUNT) -> Fraction | None:
    """What is left of the opening MRR without counting growth; at most 1. None where there was none.

    The cap is taken per account and then summed: capped on the total, one account's growth hides another's loss (63.3 %
    where the truth is 46.7 %). Source: https://chargebee.com/docs/2.0/recurring-revenue.html
    """
    kept = begin = end = Fraction(0)
    for account in accounts:
        first, last = as_fraction(account.begin), as_fraction(account.end)
        begin, end, kept = begin + first, end + last, kept + min(first, last)
    return ratio(min(begin, end) if form is GrossRetention.AGGREGATE else kept, begin)


def gross_retention_from_movements(change: RevenueChange) -> Fraction | None:
    """(start - churn - contraction) / start, at most 1."""
    kept = ratio(as_fraction(change.start) - change.lost, change.start)
    return None if kept is None else min(kept, Fraction(1))


def net_retention(accounts: Iterable[Retained]) -> Fraction | None:
    """MRR now of the customers of then, over their MRR then: point to point, from the old cohort.

    accounts: every account that had MRR at the start, also those who left; one that was not there then (begin 0) is
    left out. Who churned and came back inside the window counts with what it pays now.
    """
    begin = end = Fraction(0)
    for account in accounts:
        if account.begin:
            begin, end = begin + as_fraction(account.begin), end + as_fraction(account.end)
    return ratio(end, begin)


def net_retention_from_movements(
    change: RevenueChange, reactivation: ReactivationInRetention = ReactivationInRetention.INSIDE_WINDOW
) -> Fraction | None:
    """(start + expansion - contraction - churn + reactivation) / start.

    change: movements of the accounts that were there at the start. Under INSIDE_WINDOW its reactivation must hold only
    accounts that churned and came back inside the window; under NEVER it is left out.
    """
    gained = as_fraction(change.expansion)
    if reactivation is not ReactivationInRetention.NEVER:
        gained += as_fraction(change.reactivation)
    return ratio(as_fraction(change.start) + gained - change.lost, change.start)


def net_retention_by_form(accounts: Iterable[Retained], form: str) -> Fraction | None:
    """Net retention in the form named by a report or a link; the survivor form is refused by name."""
    if form in {"survivors", "survivors_only", "survivor"}:
        raise SurvivorFormRefused
    return net_retention(accounts)


def survivor_bias(accounts: Iterable[Retained]) -> SurvivorBias:
    """How much net retention flatters when it looks back from today's customers, beside the true figure.

    Source: https://www.mostlymetrics.com/p/how-public-companies-calculate-net
    """
    cohort = [account for account in accounts if account.begin]
    return SurvivorBias(net_retention(each for each in cohort if each.end), net_retention(cohort))


def logo_and_revenue_retention(amounts: Mapping[Key, Exact], lost: Collection[Key]) -> tuple[Fraction | None, Fraction | None]:
    """The share of customers, and of their revenue, that stayed: always both, since they tell different stories."""
    kept = {key: as_fraction(amount) for key, amount in amounts.items() if key not in lost}
    whole = sum(map(as_fraction, amounts.values()), Fraction(0))
    return ratio(len(kept), len(amounts)), ratio(sum(kept.values(), Fraction(0)), whole)
