"""What is shown on subscriptions and accounts without computing it each time: plan, monthly amount, state, renewal, ARR.

Projections of the facts as of today; a daily run brings them up to date where only time has passed. Set-based.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import connection

from tenure.billing.book import COUNTED, Book, BookedFact, BookedSubscription, Id, in_force
from tenure.billing.domain.item_values import Charge, State
from tenure.billing.domain.normalise import MICROS_PER_MINOR, to_minor
from tenure.billing.domain.rhythm import next_renewal
from tenure.billing.enums import SubscriptionState
from tenure.directory.actions.set_account_figures import AccountFigures, set_account_figures
from tenure.kernel.rounding import as_fraction, half_up_integer
from tenure.workspace.queries.exchange_rates import find_quotes

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MONTHS_PER_YEAR = 12
_INSTANT = timedelta(microseconds=1)
_OVER = frozenset({SubscriptionState.ENDED, SubscriptionState.NEVER_ACTIVE})

_DESCRIBE = """
UPDATE billing_subscription AS subscription
SET plan = fresh.plan, monthly_minor = fresh.monthly_minor, state = fresh.state, renews_on = fresh.renews_on
FROM unnest(%s::uuid[], %s::text[], %s::bigint[], %s::text[], %s::date[]) AS fresh(id, plan, monthly_minor, state, renews_on)
WHERE subscription.workspace_id = (SELECT tenure_workspace()) AND subscription.id = fresh.id
"""


class Shown(NamedTuple):
    """What a subscription's row shows."""

    plan: str
    monthly_minor: int
    state: str
    renews_on: date | None


def settle_figures(ctx: Context, book: Book, now: datetime) -> None:
    """Bring the subscriptions of the book's accounts, and then the accounts, in step with the facts as of now."""
    facts = book.facts_by_subscription()
    shown = {one.id: _shown(ctx, book, one, facts.get(one.id, []), now) for one in book.subscriptions}
    fresh = [(one.id, *shown[one.id]) for one in book.subscriptions if shown[one.id] != one.shown]
    if fresh:
        with connection.cursor() as cursor:
            cursor.execute(_DESCRIBE, [list(column) for column in zip(*fresh, strict=True)])
    set_account_figures(ctx, _account_figures(ctx, book, shown, now))


def _shown(ctx: Context, book: Book, one: BookedSubscription, facts: Sequence[BookedFact], now: datetime) -> Shown:
    """A subscription as it is now; one that has not begun, as it will begin; one that is over, as it was at its end."""
    today = now.astimezone(ctx.workspace.tz).date()
    held = in_force(facts, _looked_at(facts, now)) if facts else []
    plan = " + ".join(book.plans[item] for item in sorted(fact.item for fact in held))
    is_trial = bool(held) and all(fact.value.state is State.TRIAL for fact in held)
    state = state_on(today, one.starts_on, one.ends_on, is_trial=is_trial)
    paid_at = min((fact.value.valid.start for fact in facts if fact.value.state is not State.TRIAL), default=None)
    renews_on = None
    if paid_at is not None and one.cancelled_on is None and state not in _OVER:
        renews_on = next_renewal(paid_at.astimezone(ctx.workspace.tz).date(), one.term, today, one.ends_on)
    return Shown(plan or one.first_plan, to_minor(sum(fact.micros for fact in held)), str(state), renews_on)


def _looked_at(facts: Sequence[BookedFact], now: datetime) -> datetime:
    """Now, or the nearest instant at which the subscription holds anything."""
    at = max(now, min(fact.value.valid.start for fact in facts))
    ends = [fact.value.valid.end for fact in facts]
    return at if None in ends else min(at, max(end for end in ends if end is not None) - _INSTANT)


def state_on(today: date, starts_on: date, ends_on: date | None, *, is_trial: bool) -> SubscriptionState:
    """Where a subscription stands on a day."""
    if ends_on is not None and ends_on <= starts_on:
        return SubscriptionState.NEVER_ACTIVE
    if today < starts_on:
        return SubscriptionState.UPCOMING
    if ends_on is not None and ends_on <= today:
        return SubscriptionState.ENDED
    return SubscriptionState.TRIAL if is_trial else SubscriptionState.RUNNING


def _account_figures(ctx: Context, book: Book, shown: dict[Id, Shown], now: datetime) -> list[AccountFigures]:
    """ARR at today's rates. Where a rate is missing it is undefined, not smaller."""
    today = now.astimezone(ctx.workspace.tz).date()
    micros = _paid_micros(book, now)
    quotes = find_quotes(ctx, {(currency, today) for amounts in micros.values() for currency in amounts})
    rates = {currency: as_fraction(quote.rate) for (currency, _), quote in quotes.items()}
    renewals: dict[Id, list[date]] = defaultdict(list)
    for one in book.subscriptions:
        described = shown[one.id]
        if described.renews_on is not None and described.state == SubscriptionState.RUNNING:
            renewals[one.account].append(described.renews_on)
    return [
        AccountFigures(UUID(account), _arr(micros.get(account, {}), rates), min(renewals[account], default=None))
        for account in book.accounts
    ]


def _paid_micros(book: Book, now: datetime) -> dict[Id, dict[str, int]]:
    """What each account pays a month at the instant, by currency."""
    found: dict[Id, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for fact in _paying(book.facts):
        if fact.account in book.accounts and fact.value.valid.holds(now):
            found[fact.account][fact.value.currency] += fact.micros
    return found


def _paying(facts: Iterable[BookedFact]) -> Iterable[BookedFact]:
    return (fact for fact in facts if fact.micros and fact.value.state in COUNTED and fact.value.charge is Charge.RECURRING)


def _arr(micros: dict[str, int], rates: dict[str, Fraction]) -> int | None:
    """Minor units of the reporting currency a year, rounded once; None for no customer, or where a rate is missing."""
    if not micros or any(currency not in rates for currency in micros):
        return None
    total = sum((amount * rates[currency] for currency, amount in micros.items()), Fraction(0))
    return half_up_integer(total * MONTHS_PER_YEAR / MICROS_PER_MINOR)
