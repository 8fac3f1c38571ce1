"""Everything that ledgers and figures of some accounts are computed from, read once with flat queries and grouped here.

Flat on purpose: within the transaction of an import the database has no statistics of the rows just written, and would join them badly.
Ids are kept as text, which is read, compared and written several times faster than UUID objects are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection

from tenure.billing.domain.item_values import Charge, ItemValue, State
from tenure.billing.domain.rhythm import interval_of
from tenure.billing.facts import TEXT_COLUMNS, TextReader

if TYPE_CHECKING:
    from tenure.kernel.anchor import Interval

Id = str
COUNTED = frozenset({State.PAID, State.PAST_DUE})
_CUSTOMER = frozenset({State.PAID, State.PAST_DUE, State.PAUSED})


class BookedFact(NamedTuple):
    """A fact that stands and does not say that the item ended; micros a month as the headline definition counts it."""

    subscription: Id
    micros: int
    value: ItemValue

    @property
    def item(self) -> Id:
        """The item's id."""
        return self.value.item  # type: ignore[return-value]

    @property
    def account(self) -> Id:
        """The account's id."""
        return self.value.account  # type: ignore[return-value]

    @property
    def is_customer(self) -> bool:
        """Whether it makes its account a paying customer."""
        return self.micros > 0 and self.value.state in _CUSTOMER and self.value.charge is Charge.RECURRING


class BookedSubscription(NamedTuple):
    """A living subscription: what it says of itself, and what is shown of it so far."""

    id: Id
    account: Id
    turn: UUID | None
    signed_on: date | None
    live_on: date | None
    adopting_on: date | None
    starts_on: date
    ends_on: date | None
    cancelled_on: date | None
    end_reason: str
    term: Interval
    first_plan: str
    shown: tuple[str, int, str, date | None]


class Book(NamedTuple):
    """facts: of all accounts of the billing parents, in order of time. subscriptions: of the accounts. plans: of their items.

    parents: the billing parent of each account that has one in common with `accounts`.
    """

    accounts: frozenset[Id]
    parents: dict[Id, Id]
    facts: list[BookedFact]
    subscriptions: list[BookedSubscription]
    plans: dict[Id, str]

    def facts_by_subscription(self) -> dict[Id, list[BookedFact]]:
        """The facts of the accounts themselves, in order of time."""
        found: dict[Id, list[BookedFact]] = defaultdict(list)
        for fact in self.facts:
            if fact.account in self.accounts:
                found[fact.subscription].append(fact)
        return found


_ABOVE = """
SELECT descendant_id::text, ancestor_id::text, depth FROM workspace_accountpath
WHERE workspace_id = (SELECT tenure_workspace()) AND descendant_id = ANY(%s::uuid[])
"""
_BELOW = """
SELECT ancestor_id::text, descendant_id::text FROM workspace_accountpath
WHERE workspace_id = (SELECT tenure_workspace()) AND ancestor_id = ANY(%s::uuid[])
"""
_FACTS = f"""
SELECT subscription_id::text, micros, {TEXT_COLUMNS} FROM billing_itemfact
WHERE workspace_id = (SELECT tenure_workspace()) AND superseded_at IS NULL AND state <> 'ended' AND account_id = ANY(%s::uuid[])
ORDER BY billing_itemfact.valid_from, billing_itemfact.item_id
"""  # noqa: S608 - a constant
_SUBSCRIPTIONS = """
SELECT subscription.id::text, subscription.account_id::text, opportunity.turn_id, signed_on, live_on, adopting_on, starts_on, ends_on, cancelled_on,
  end_reason, term, term_count, subscription.plan, monthly_minor, subscription.state, renews_on
FROM billing_subscription AS subscription
LEFT JOIN sales_opportunity AS opportunity ON opportunity.id = subscription.opportunity_id
WHERE subscription.workspace_id = (SELECT tenure_workspace()) AND subscription.account_id = ANY(%s::uuid[]) AND subscription.deleted_at IS NULL
"""
_ITEMS = """
SELECT id::text, plan, interval, interval_count FROM billing_subscriptionitem
WHERE workspace_id = (SELECT tenure_workspace()) AND account_id = ANY(%s::uuid[])
"""


def open_book(accounts: Collection[UUID]) -> Book:
    """Read what is known of these accounts, and the facts of all accounts of their billing parents."""
    wanted = [str(account) for account in accounts]
    families = _families(wanted)
    items = {row[0]: row[1:] for row in _rows(_ITEMS, wanted)}
    subscriptions = [_subscription(row, items) for row in _rows(_SUBSCRIPTIONS, wanted)]
    return Book(frozenset(wanted), families, _facts(families), subscriptions, {item: row[0] for item, row in items.items()})


def open_family_book(parents: Collection[Id]) -> Book:
    """Read only the facts of these billing parents: what their movements are computed from."""
    families = _families(list(parents))
    return Book(frozenset(parents), families, _facts(families), [], {})


def _families(accounts: Sequence[Id]) -> dict[Id, Id]:
    """The billing parent of every account that has one in common with `accounts`: the root of its tree, or itself in no tree."""
    highest: dict[Id, tuple[int, Id]] = {}
    for account, ancestor, depth in _rows(_ABOVE, accounts):
        highest[account] = max(highest.get(account, (-1, ancestor)), (depth, ancestor))
    roots = {account: highest[account][1] if account in highest else account for account in accounts}
    below = {account: root for root, account in _rows(_BELOW, list(set(roots.values())))}
    return roots | below


def _facts(accounts: Iterable[Id]) -> list[BookedFact]:
    read = TextReader().value_of
    return [BookedFact(row[0], row[1], read(row[2:])) for row in _rows(_FACTS, accounts)]


def _subscription(row: Sequence[Any], items: dict[Id, Sequence[Any]]) -> BookedSubscription:
    plan, interval, count = items.get(row[0], ("", "month", 1))
    term, term_count = row[10:12]
    renewed = interval_of(term, term_count) if term else interval_of(interval, count)
    return BookedSubscription._make((*row[:10], renewed, plan, tuple(row[12:])))


def _rows(text: str, ids: Iterable[Id]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(text, [list(ids)])
        return cursor.fetchall()


def in_force(facts: Iterable[BookedFact], at: datetime) -> list[BookedFact]:
    """The facts that hold at an instant."""
    return [fact for fact in facts if fact.value.valid.holds(at)]
