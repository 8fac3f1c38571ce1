"""The ledger of item values in the database: facts read as the domain knows them, and new ones added. Set-based.

Rule: billing/README.md, "Facts and movements".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection

from tenure.billing.domain.definition_sets import TENURE
from tenure.billing.domain.item_values import Charge, DiscountDuration, ItemValue, State
from tenure.billing.domain.levels import value_if_paid
from tenure.billing.domain.rhythm import interval_of
from tenure.billing.models import ItemFact
from tenure.kernel.ids import uuid7
from tenure.kernel.period import Period
from tenure.workspace.rows import Same, insert_columns

if TYPE_CHECKING:
    from tenure.workspace.context import Context

# The workspace's headline definition: what is materialised. Other sets are computed from the facts when asked.
HEADLINE = TENURE

_STATES = {str(state): state for state in State}
_CHARGES = {str(charge): charge for charge in Charge}
_DISCOUNTS: dict[str, DiscountDuration | None] = {"": None} | {str(kind): kind for kind in DiscountDuration}

COLUMNS = (
    "item_id, account_id, list_minor, net_minor, currency, valid_from, valid_to, recorded_at, interval, interval_count, state, charge, "
    "discount, rate, reason, end_reason, cancelled_at"
)
# The same with what is slow to read as text: ids stay text, instants and rates are read once for each different text.
TEXT_COLUMNS = (
    "item_id::text, account_id::text, list_minor, net_minor, currency, valid_from::text, valid_to::text, recorded_at::text, interval, interval_count, "
    "state, charge, discount, rate::text, reason, end_reason, cancelled_at::text"
)
_STANDING = f"""
SELECT id, {COLUMNS} FROM billing_itemfact
WHERE workspace_id = (SELECT tenure_workspace()) AND superseded_at IS NULL AND item_id = ANY(%s::uuid[])
ORDER BY item_id, valid_from
"""  # noqa: S608 - a constant


class Standing(NamedTuple):
    """A fact that stands, and the id of its row."""

    row_id: UUID
    value: ItemValue


class NewFact(NamedTuple):
    """A fact to be added, and the subscription its item belongs to."""

    subscription_id: UUID
    value: ItemValue


def value_of(row: Sequence[Any]) -> ItemValue:
    """The item value in a row of COLUMNS."""
    (item, account, list_minor, net_minor, currency, valid_from, valid_to, recorded_at, interval, count, state, charge,
     discount, rate, reason, end_reason, cancelled_at) = row  # fmt: skip
    return ItemValue(
        item, account, list_minor, net_minor, currency, Period(valid_from, valid_to), recorded_at, interval_of(interval, count),
        _STATES[state], _CHARGES[charge], _DISCOUNTS[discount], rate, "", reason, end_reason, cancelled_at,
    )  # fmt: skip


class TextReader:
    """Reads rows of TEXT_COLUMNS; the items and accounts of its values are ids as text."""

    def __init__(self) -> None:
        self._instants: dict[str | None, datetime | None] = {None: None}
        self._rates: dict[str | None, Decimal | None] = {None: None}

    def value_of(self, row: Sequence[Any]) -> ItemValue:
        """The item value in a row."""
        at = self._at
        rate = row[13]
        if rate not in self._rates:
            self._rates[rate] = Decimal(rate)
        return value_of((*row[:5], at(row[5]), at(row[6]), at(row[7]), *row[8:13], self._rates[rate], *row[14:16], at(row[16])))

    def _at(self, text: str | None) -> datetime | None:
        if text not in self._instants:
            self._instants[text] = datetime.fromisoformat(str(text))
        return self._instants[text]


def standing_facts(items: Collection[UUID]) -> dict[UUID, list[Standing]]:
    """The facts of these items that no later one has replaced, in order of time."""
    found: dict[UUID, list[Standing]] = defaultdict(list)
    if items:
        with connection.cursor() as cursor:
            cursor.execute(_STANDING, [list(items)])
            for row in cursor.fetchall():
                found[row[1]].append(Standing(row[0], value_of(row[1:])))
    return found


def supersede(rows: Iterable[UUID], at: datetime) -> None:
    """Mark facts as replaced from `at` on; they stay, for whoever asks what was known before."""
    ids = list(rows)
    if ids:
        ItemFact.objects.filter(pk__in=ids).update(superseded_at=at)


def add_facts(ctx: Context, facts: Sequence[NewFact], at: datetime) -> None:
    """Append facts, recorded at `at`."""
    values = [fact.value for fact in facts]
    insert_columns(
        ItemFact,
        len(facts),
        id=[uuid7() for _ in facts],
        workspace_id=Same(ctx.workspace.pk),
        account_id=[value.account for value in values],
        subscription_id=[fact.subscription_id for fact in facts],
        item_id=[value.item for value in values],
        state=[str(value.state) for value in values],
        list_minor=[value.list_minor for value in values],
        net_minor=[value.net_minor for value in values],
        micros=[0 if value.state is State.ENDED else value_if_paid(HEADLINE, value) for value in values],
        currency=[value.currency for value in values],
        rate=[value.rate for value in values],
        interval=[str(value.interval.unit) for value in values],
        interval_count=[value.interval.count for value in values],
        charge=[str(value.charge) for value in values],
        discount=["" if value.discount is None else str(value.discount) for value in values],
        valid_from=[value.valid.start for value in values],
        valid_to=[value.valid.end for value in values],
        recorded_at=Same(at),
        superseded_at=Same(None),
        reason=[value.reason for value in values],
        end_reason=[value.end_reason for value in values],
        cancelled_at=[value.cancelled_at for value in values],
        source=[value.source for value in values],
    )
