"""The ledger of movements in the database: computed by the domain from the facts of whole billing parents, written as differences.

Rule: billing/README.md, "Facts and movements". A movement that is no longer true is voided, never deleted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection

from tenure.billing.domain.movements import Movement, movements_of_account
from tenure.billing.events import MovementRecorded
from tenure.billing.facts import HEADLINE
from tenure.billing.models import MrrMovement
from tenure.kernel.ids import uuid7
from tenure.kernel.rounding import Exact, as_fraction, half_up_integer
from tenure.workspace.rows import Same, insert_columns

if TYPE_CHECKING:
    from tenure.billing.book import Book, Id
    from tenure.billing.domain.item_values import ItemValue
    from tenure.workspace.context import Context

_KNOWN = """
SELECT id::text, account_id::text, item_id::text, kind, micros, currency, rate::text, effective_at::text, reason, parent_id::text
FROM billing_mrrmovement WHERE workspace_id = (SELECT tenure_workspace()) AND voided_at IS NULL AND account_id = ANY(%s::uuid[])
"""


class MovementKey(NamedTuple):
    """What makes a movement this one; two that agree in all of it are the same. Ids as text."""

    account: Id
    item: Id
    kind: str
    micros: int
    currency: str
    rate: Exact | None
    effective_at: datetime
    reason: str
    parent: Id


def settle_movements(ctx: Context, book: Book, now: datetime) -> list[MovementKey]:
    """Bring the movements of the book's billing parents in step with the facts; all of them, each parent's in order of time."""
    computed = computed_movements(ctx, book)
    fresh = write_differences(ctx, book, computed, now)
    ctx.emit(
        MovementRecorded(row_id, UUID(key.account), None, kind=key.kind, micros=key.micros, currency=key.currency)
        for row_id, key in fresh
    )
    return computed


def computed_movements(ctx: Context, book: Book) -> list[MovementKey]:
    """What the domain says of the book's facts, billing parent by billing parent, each in order of time."""
    by_parent: dict[Id, list[ItemValue]] = defaultdict(list)
    for fact in book.facts:
        by_parent[book.parents[fact.account]].append(fact.value)
    zone = ctx.workspace.tz
    return [
        _key(movement, parent)
        for parent, values in by_parent.items()
        for movement in movements_of_account(HEADLINE, values, zone)
    ]


def write_differences(ctx: Context, book: Book, computed: Sequence[MovementKey], now: datetime) -> list[tuple[UUID, MovementKey]]:
    """Void what is no longer so and append what is new, recorded now; the movements appended."""
    known = _known({*book.parents, *book.accounts})
    fresh: Sequence[MovementKey] = computed
    if known:
        gone = list((Counter(known.values()) - Counter(computed)).elements())
        fresh = list((Counter(computed) - Counter(known.values())).elements())
        _void(known, gone, now)
    ids = [uuid7() for _ in fresh]
    _append(ctx, ids, fresh, {fact.item: fact.subscription for fact in book.facts}, now)
    return list(zip(ids, fresh, strict=True))


def _key(movement: Movement, parent: Id) -> MovementKey:
    return MovementKey(
        movement.account, movement.item, movement.kind.value, movement.micros, movement.currency, movement.rate, movement.effective_at,  # type: ignore[arg-type]
        movement.reason, parent,
    )  # fmt: skip


def _known(accounts: Collection[Id]) -> dict[Id, MovementKey]:
    instants: _Read = _Read(datetime.fromisoformat)
    rates: _Read = _Read(Decimal)
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [list(accounts)])
        return {row[0]: MovementKey._make((*row[1:6], rates[row[6]], instants[row[7]], *row[8:])) for row in cursor.fetchall()}


class _Read(dict[str | None, Any]):
    """Reads each different text once."""

    def __init__(self, read: Any) -> None:  # noqa: ANN401 - from text to any value
        super().__init__({None: None})
        self._read = read

    def __missing__(self, text: str) -> Any:  # noqa: ANN401 - as above
        self[text] = value = self._read(text)
        return value


def _void(known: Mapping[Id, MovementKey], gone: Sequence[MovementKey], now: datetime) -> None:
    if not gone:
        return
    by_key: dict[MovementKey, list[Id]] = defaultdict(list)
    for row_id, key in known.items():
        by_key[key].append(row_id)
    MrrMovement.everything.filter(pk__in=[by_key[key].pop() for key in gone]).update(voided_at=now)


def _append(
    ctx: Context, ids: Sequence[UUID], keys: Sequence[MovementKey], subscriptions: Mapping[Id, Id], now: datetime
) -> None:
    if not keys:
        return
    zone = ctx.workspace.tz
    days = {at: at.astimezone(zone).date() for at in {key.effective_at for key in keys}}
    insert_columns(
        MrrMovement,
        len(keys),
        id=list(ids),
        workspace_id=Same(ctx.workspace.pk),
        account_id=[key.account for key in keys],
        parent_id=[key.parent for key in keys],
        subscription_id=[subscriptions[key.item] for key in keys],
        item_id=[key.item for key in keys],
        kind=[key.kind for key in keys],
        micros=[key.micros for key in keys],
        currency=[key.currency for key in keys],
        rate=[key.rate for key in keys],
        reporting_micros=[in_reporting_micros(key.micros, key.rate) for key in keys],
        effective_at=[key.effective_at for key in keys],
        effective_on=[days[key.effective_at] for key in keys],
        recorded_at=Same(now),
        voided_at=Same(None),
        reason=[key.reason for key in keys],
    )


def in_reporting_micros(micros: int, rate: Exact | None) -> int | None:
    """The amount at its locked rate, rounded to a millionth of a minor unit; None without a rate."""
    if rate is None:
        return None
    return micros if rate == 1 else half_up_integer(micros * as_fraction(rate))
