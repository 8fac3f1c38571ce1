"""What a passing day, another reporting currency or another time zone changes in billing, although no record changed.

Rule: billing/README.md, "A day passes". Account by account in batches; idempotent. Days are settled batch by batch, a
recount in one transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from tenure.billing.counting import hold_count_alone
from tenure.billing.models import SubscriptionItem
from tenure.billing.settling import settle_accounts, settle_items
from tenure.workspace.action import part_of_action
from tenure.workspace.actions.adopt_currency import adopt_currency
from tenure.workspace.queries.whole import whole_set_cursor
from tenure.workspace.scope import enter
from tenure.workspace.turn_taking import wait_for_turn

if TYPE_CHECKING:
    from datetime import date

    from tenure.workspace.context import Context

BATCH_ACCOUNTS = 1_000
BATCH_ITEMS = 2_000

# Accounts of which something is due: a value that begins or ends, a day that a subscription names, a renewal that has come, a notice under
# which a first term may end; and those that pay in a foreign currency, whose ARR is at the rate of the day.
_DUE = """
SELECT account_id FROM billing_itemfact
WHERE workspace_id = (SELECT tenure_workspace()) AND superseded_at IS NULL AND state <> 'ended'
  AND (valid_from > %(since)s AND valid_from <= %(now)s OR valid_to > %(since)s AND valid_to <= %(now)s
    OR currency <> %(currency)s AND valid_from <= %(now)s AND (valid_to IS NULL OR valid_to > %(now)s))
UNION
SELECT account_id FROM billing_subscription
WHERE workspace_id = (SELECT tenure_workspace()) AND deleted_at IS NULL
  AND (renews_on <= %(today)s OR starts_on BETWEEN %(since_on)s AND %(today)s OR ends_on BETWEEN %(since_on)s AND %(today)s
    OR signed_on BETWEEN %(since_on)s AND %(today)s OR live_on BETWEEN %(since_on)s AND %(today)s
    OR adopting_on BETWEEN %(since_on)s AND %(today)s OR cancelled_on IS NOT NULL AND ends_on > %(since_on)s)
ORDER BY account_id
"""


def settle_passed_days(ctx: Context, since: date, today: date) -> None:
    """Bring states, plans, ARR, renewals and stages to `today` where the days after `since` changed them."""
    now = ctx.now()
    for batch in _batches(_due(ctx, since, today, now), BATCH_ACCOUNTS):
        with enter(ctx.scope), part_of_action():
            wait_for_turn(ctx)
            settle_accounts(ctx, batch, now)


def recount(ctx: Context, *, relock: bool) -> None:
    """Bring all items in step with the workspace's currency and zone. relock: rates locked for another reporting currency are locked anew.

    All in one transaction, the switch to the currency that was asked for included: whoever reads sees all of it or nothing, whoever writes
    amounts waits. Old facts stay as superseded. What follows is no news: its events are marked as backfill. Idempotent.
    """
    with enter(ctx.scope), part_of_action():
        wait_for_turn(ctx)
        counted = replace(hold_count_alone(ctx), is_backfill=True)
        for batch in _item_batches():
            settle_items(counted, batch, relock=relock)
        if not adopt_currency(ctx, counted.workspace.currency):
            transaction.set_rollback(True)


def _due(ctx: Context, since: date, today: date, now: datetime) -> list[UUID]:
    """From the beginning of the last settled day on, which may have been settled early in its morning."""
    began = datetime.combine(since, time(), ctx.workspace.tz)
    wanted: dict[str, Any] = {"since": began, "now": now, "since_on": since, "today": today, "currency": ctx.workspace.currency}
    with enter(ctx.scope), whole_set_cursor() as cursor:
        cursor.execute(_DUE, wanted)
        return [account for (account,) in cursor.fetchall()]


def _batches(ids: list[UUID], size: int) -> Iterator[Collection[UUID]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _item_batches() -> Iterator[Collection[UUID]]:
    """Account by account, so that each is settled once or twice and not with every one of its items."""
    return _batches(list(SubscriptionItem.everything.order_by("account_id", "id").values_list("pk", flat=True)), BATCH_ITEMS)
