"""The ledger of movements in the database: computed by the domain from the facts of whole billing parents, written as differences.

Rule: billing/README.md, "Facts and movements". A movement that is no longer true is voided, never deleted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import connection

from tenure.billing.domain.movements import Movement, movements_of_account
from tenure.billing.events import MovementRecorded
from tenure.billing.facts import HEADLINE
from tenure.billing.models import MrrMovement
from tenure.kernel.ids import uuid7
from tenure.kernel.rounding import Exact
from tenure.workspace.rows import Same, insert_columns

if TYPE_CHECKING:
    from tenure.billing.book import Book
    from tenure.billing.domain.item_values import ItemValue
    from tenure.workspace.context import Context

_KNOWN = """
SELECT id, account_id, item_id, kind, micros, currency, rate, effective_at, reason, parent_id FROM billing_mrrmovement
WHERE workspace_id = (SELECT tenure_workspace()) AND voided_at IS NULL AND account_id = ANY(%s::uuid[])
"""


class MovementKey(NamedTuple):
    """What makes a movement this one; two that agree in all of it are the same."""

    account: UUID
    item: UUID
    kind: str
    micros: int
    currency: str
    rate: Exact | None
    effective_at: datetime
    reason: str
    parent: UUID


def settle_movements(ctx: Context, book: Book, now: datetime) -> list[MovementKey]:
    """Bring the movements of the book's billing parents in step with the facts; all of them, each parent's in order of time."""
    computed = computed_movements(ctx, book)
    known = _known({*book.parents, *book.accounts})
    gone = list((Counter(known.values()) - Counter(computed)).elements())
    fresh = list((Counter(computed) - Counter(known.values())).elements())
    _void(known, gone, now)
    _record(ctx, fresh, {fact.item_id: fact.subscription_id for fact in book.facts}, now)
    return computed


def computed_movements(ctx: Context, book: Book) -> list[MovementKey]:
    """What the domain says of the book's facts, billing parent by billing parent, each in order of time."""
    by_parent: dict[UUID, list[ItemValue]] = defaultdict(list)
    for fact in book.facts:
        by_parent[book.parents[fact.account_id]].append(fact.value)
    return [
        _key(movement, parent)
        for parent, values in by_parent.items()
        for movement in movements_of_account(HEADLINE, values, ctx.workspace.tz)
    ]


def _key(movement: Movement, parent: UUID) -> MovementKey:
    return MovementKey(
        movement.account, movement.item, str(movement.kind), movement.micros, movement.currency, movement.rate, movement.effective_at,  # type: ignore[arg-type]
        movement.reason, parent,
    )  # fmt: skip


def _known(accounts: Collection[UUID]) -> dict[UUID, MovementKey]:
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [list(accounts)])
        return {row[0]: MovementKey(*row[1:]) for row in cursor.fetchall()}


def _void(known: Mapping[UUID, MovementKey], gone: Sequence[MovementKey], now: datetime) -> None:
    if not gone:
        return
    by_key: dict[MovementKey, list[UUID]] = defaultdict(list)
    for row_id, key in known.items():
        by_key[key].append(row_id)
    MrrMovement.everything.filter(pk__in=[by_key[key].pop() for key in gone]).update(voided_at=now)


def _record(ctx: Context, keys: Sequence[MovementKey], subscriptions: Mapping[UUID, UUID], now: datetime) -> None:
    """Append movements to the ledger, recorded now."""
    if not keys:
        return
    ids = [uuid7() for _ in keys]
    zone = ctx.workspace.tz
    days = {at: at.astimezone(zone).date() for at in {key.effective_at for key in keys}}
    insert_columns(
        MrrMovement,
        len(keys),
        id=ids,
        workspace_id=Same(ctx.workspace.pk),
        account_id=[key.account for key in keys],
        parent_id=[key.parent for key in keys],
        subscription_id=[subscriptions[key.item] for key in keys],
        item_id=[key.item for key in keys],
        kind=[key.kind for key in keys],
        micros=[key.micros for key in keys],
        currency=[key.currency for key in keys],
        rate=[key.rate for key in keys],
        effective_at=[key.effective_at for key in keys],
        effective_on=[days[key.effective_at] for key in keys],
        recorded_at=Same(now),
        voided_at=Same(None),
        reason=[key.reason for key in keys],
    )
    ctx.emit(
        MovementRecorded(row_id, key.account, None, kind=key.kind, micros=key.micros, currency=key.currency)
        for row_id, key in zip(ids, keys, strict=True)
    )
