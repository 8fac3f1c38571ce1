"""The pipeline: how many deals are won, of which whole, how long they take and how much they bring, by anything known of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db.models import Q

from tenure.insights.cohort import Cohort
from tenure.insights.domain.intervals import wilson_interval
from tenure.insights.enums import Span
from tenure.insights.errors import CohortInvalid
from tenure.kernel.rounding import as_fraction
from tenure.sales.enums import Outcome
from tenure.sales.queries.pipeline import DIMENSIONS, DealGroup, all_deals, deals_by
from tenure.workspace.models import Member
from tenure.workspace.queries.exchange_rates import find_quotes

if TYPE_CHECKING:
    from tenure.workspace.context import Context

DEFAULT_DIMENSION = "seller"


@dataclass(frozen=True, slots=True)
class PipelineRow:
    """One group of deals, with its amounts in minor units of the reporting currency (exact) by outcome.

    is_owner: told apart by seller, these are credited to a member, not to an agent.
    """

    deals: DealGroup
    amounts: dict[str, Fraction]
    is_owner: bool = False

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the win rate of closed deals."""
        return wilson_interval(self.deals.won, self.deals.won + self.deals.lost)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The report. unrated: currencies whose amounts are missing from the sums."""

    cohort: Cohort
    computed_at: dt.datetime
    dimension: str
    everyone: PipelineRow
    rows: list[PipelineRow]
    unrated: frozenset[str]


def pipeline(ctx: Context, parameters: Mapping[str, str]) -> Pipeline:
    """Deals begun in the period that URL parameters ask for, told apart `by` a dimension. Raises CohortInvalid."""
    dimension = parameters.get("by", "") or DEFAULT_DIMENSION
    if dimension not in DIMENSIONS:
        raise CohortInvalid(name="by", value=dimension)
    cohort = Cohort.read(ctx, parameters)
    everyone = all_deals(ctx, _begun_in(ctx, cohort))
    # Deals without any date begin when they are written down: an import of old deals is no reason to show only those.
    if not everyone.won + everyone.lost and not any(parameters.get(name) for name in ("period", "from", "to")):
        cohort = Cohort.read(ctx, parameters, default=Span.ALL)
        everyone = all_deals(ctx, _begun_in(ctx, cohort))
    groups = deals_by(ctx, dimension, _begun_in(ctx, cohort))
    currencies = {currency or ctx.workspace.currency for group in (everyone, *groups) for _, currency in group.amounts}
    day = cohort.as_of
    quotes = find_quotes(ctx, [(currency, day) for currency in currencies])
    rates = {currency: as_fraction(quote.rate) for (currency, _), quote in quotes.items()}
    owners = {str(key) for key in Member.objects.values_list("pk", flat=True)} if dimension == "seller" else set[str]()
    return Pipeline(
        cohort,
        ctx.now(),
        dimension,
        _row(ctx, everyone, rates, owners),
        [_row(ctx, group, rates, owners) for group in groups],
        frozenset(currencies - set(rates)),
    )


def _row(ctx: Context, group: DealGroup, rates: Mapping[str, Fraction], owners: Collection[str]) -> PipelineRow:
    amounts = {str(outcome): Fraction(0) for outcome in Outcome}
    for (outcome, currency), minor in group.amounts.items():
        amounts[outcome] += minor * rates.get(currency or ctx.workspace.currency, Fraction(0))
    return PipelineRow(group, amounts, is_owner=group.key in owners)


def _begun_in(ctx: Context, cohort: Cohort) -> Q:
    """Begun: engaged; where that is not known, closed; else written down."""
    if cohort.period is None:
        return Q()
    days = (cohort.period.start, cohort.period.end or cohort.as_of + dt.timedelta(days=1))
    start, end = (dt.datetime.combine(day, dt.time(), ctx.workspace.tz) for day in days)
    engaged = Q(engaged_at__gte=start, engaged_at__lt=end)
    closed = Q(engaged_at=None, closed_at__gte=start, closed_at__lt=end)
    return engaged | closed | Q(engaged_at=None, closed_at=None, created_at__gte=start, created_at__lt=end)
