"""What items say now is brought in step with every ledger and figure that follows from it: item values, movements, stages, accounts.

Called by projections with whatever records were created, changed, deleted or restored, so that undo of an import needs nothing of its
own. Set-based, idempotent. Rule: billing/README.md, "Facts and movements".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.billing.book import open_book
from tenure.billing.counting import hold_count
from tenure.billing.domain.corrections import corrected, locked_rate
from tenure.billing.domain.terms import ItemTerms, values_of
from tenure.billing.facts import NewFact, Standing, add_facts, standing_facts, supersede
from tenure.billing.figures import settle_figures
from tenure.billing.item_terms import AgreedItem, agreed_items
from tenure.billing.movement_ledger import settle_movements
from tenure.billing.stages import settle_account_stages
from tenure.billing.timeline import tell_movements
from tenure.workspace.queries.exchange_rates import find_quotes

if TYPE_CHECKING:
    from datetime import date, datetime

    from tenure.kernel.rounding import Exact
    from tenure.workspace.context import Context

SOURCE = "subscription"


@dataclass
class _Changes:
    """Facts to mark as replaced, facts to add, and the accounts they are of."""

    superseded: list[UUID] = field(default_factory=list)
    fresh: list[NewFact] = field(default_factory=list)
    accounts: set[UUID] = field(default_factory=set)


def settle_items(ctx: Context, items: Collection[UUID], *, relock: bool = False) -> None:
    """Bring the facts of these items, and all that follows from them, in step with the records.

    relock: rates that were locked before are of another reporting currency, and are looked up anew.
    """
    if not relock:
        ctx = hold_count(ctx)
    agreed = agreed_items(ctx, items)
    now = ctx.now()
    changes = _changes(ctx, agreed, now, relock=relock)
    supersede(changes.superseded, now)
    add_facts(ctx, changes.fresh, now)
    _settle(ctx, changes.accounts | {one.account_id for one in agreed}, now)


def settle_accounts(ctx: Context, accounts: Collection[UUID], now: datetime) -> None:
    """Bring movements, figures and stages of these accounts in step with their facts."""
    if accounts:
        _settle(hold_count(ctx), accounts, now)


def _settle(ctx: Context, accounts: Collection[UUID], now: datetime) -> None:
    if not accounts:
        return
    book = open_book(accounts)
    movements = settle_movements(ctx, book, now)
    settle_figures(ctx, book, now)
    settle_account_stages(ctx, book, movements, now)
    tell_movements(ctx, book, movements, now)


def _changes(ctx: Context, agreed: Sequence[AgreedItem], now: datetime, *, relock: bool) -> _Changes:
    standing = standing_facts([one.item_id for one in agreed])
    rates = _rates(ctx, agreed, {} if relock else standing)
    changes = _Changes()
    for one in agreed:
        known = standing.get(one.item_id, [])
        wanted = [] if one.terms is None else values_of(one.terms, rate=rates.get(one.item_id), recorded_at=now, source=SOURCE)
        if not known:
            changes.fresh += [NewFact(one.subscription_id, value) for value in wanted]
            continue
        correction = corrected([fact.value for fact in known], wanted, now)
        row_ids = {id(fact.value): fact.row_id for fact in known}
        changes.superseded += [row_ids[id(value)] for value in correction.superseded]
        changes.fresh += [NewFact(one.subscription_id, value) for value in correction.fresh]
        changes.accounts |= {value.account for value in correction.superseded}  # type: ignore[misc]
    return changes


def _rates(ctx: Context, agreed: Sequence[AgreedItem], standing: dict[UUID, list[Standing]]) -> dict[UUID, Exact | None]:
    """The locked rate of each item: what its facts have locked, else the rate of the day it is first paid, else none."""
    reporting = ctx.workspace.currency
    rates: dict[UUID, Exact | None] = {}
    wanted: dict[UUID, tuple[str, date]] = {}
    for one in agreed:
        terms = one.terms
        if terms is None:
            continue
        if terms.currency == reporting:
            rates[one.item_id] = 1
            continue
        locked = locked_rate([fact.value for fact in standing.get(one.item_id, [])], terms.currency, terms.paid_from)
        if locked is None:
            wanted[one.item_id] = (terms.currency, _first_day(ctx, terms))
        rates[one.item_id] = locked
    quotes = find_quotes(ctx, wanted.values()) if wanted else {}
    return rates | {item: quote.rate if (quote := quotes.get(pair)) else None for item, pair in wanted.items()}


def _first_day(ctx: Context, terms: ItemTerms) -> date:
    return (terms.paid_from or terms.starts_at).astimezone(ctx.workspace.tz).date()
