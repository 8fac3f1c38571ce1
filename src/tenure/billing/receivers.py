"""Projections of billing: what follows from subscriptions, items, accounts and exchange rates, in the transaction that changes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import connection

from tenure.billing.events import (
    ItemChanged,
    ItemCreated,
    ItemDeleted,
    ItemRestored,
    SubscriptionChanged,
    SubscriptionDeleted,
    SubscriptionRestored,
)
from tenure.billing.models import ItemFact, SubscriptionItem
from tenure.billing.models.item_fact import STANDING
from tenure.billing.settling import settle_accounts, settle_items
from tenure.billing.trials import follow_first_use, follow_wins
from tenure.directory.events import AccountChanged, StageEntered
from tenure.usage.events import MilestoneMoved
from tenure.workspace.actions.adopt_currency import adopt_currency
from tenure.workspace.events_of_rates import ExchangeRatesImported
from tenure.workspace.events_of_rights import WorkspaceChanged
from tenure.workspace.models import Workspace
from tenure.workspace.outbox import register_projection

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.events import DomainEvent

# Accounts at or below the changed ones whose movements were judged at another billing parent than theirs is now.
_MOVED = """
SELECT DISTINCT movement.account_id
FROM workspace_accountpath AS below
JOIN billing_mrrmovement AS movement ON movement.workspace_id = below.workspace_id AND movement.account_id = below.descendant_id
JOIN LATERAL (
  SELECT ancestor_id FROM workspace_accountpath AS above
  WHERE above.workspace_id = below.workspace_id AND above.descendant_id = below.descendant_id ORDER BY depth DESC LIMIT 1
) AS root ON root.ancestor_id <> movement.parent_id
WHERE below.workspace_id = (SELECT tenure_workspace()) AND below.ancestor_id = ANY(%s::uuid[]) AND movement.voided_at IS NULL
"""
_OLD_PARENTS = "SELECT DISTINCT parent_id FROM billing_mrrmovement WHERE workspace_id = (SELECT tenure_workspace()) AND voided_at IS NULL AND account_id = ANY(%s::uuid[])"


def follow_items(ctx: Context, events: Sequence[DomainEvent]) -> None:
    """Items came, changed, went or came back."""
    settle_items(ctx, [event.subject_id for event in events])


def follow_subscriptions(ctx: Context, events: Sequence[DomainEvent]) -> None:
    """Subscriptions changed: their items are worth something else, or for other accounts."""
    items = SubscriptionItem.everything.filter(subscription_id__in=[event.subject_id for event in events])
    settle_items(ctx, list(items.values_list("pk", flat=True)))


def follow_accounts(ctx: Context, events: Sequence[DomainEvent]) -> None:
    """Accounts were put below another one: what was new may have been expansion."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, [[event.subject_id for event in events]])
        moved = [account for (account,) in cursor.fetchall()]
        if not moved:
            return
        cursor.execute(_OLD_PARENTS, [moved])
        before = [parent for (parent,) in cursor.fetchall()]
    settle_accounts(ctx, {*moved, *before}, ctx.now())


def follow_rates(ctx: Context, _events: Sequence[DomainEvent]) -> None:
    """Rates were loaded: items without a locked rate get theirs."""
    waiting = ItemFact.objects.filter(STANDING, rate=None).exclude(state="ended")
    items = list(waiting.values_list("item_id", flat=True).distinct())
    if items:
        settle_items(ctx, items)


def follow_workspace(ctx: Context, events: Sequence[DomainEvent]) -> None:
    """The workspace is to report in another currency, or its days begin by another clock: everything is counted anew, by a job.

    Where nothing is sold yet there is nothing to count, and the currency holds at once.
    """
    changed = {name for event in events for name in getattr(event, "fields", ())}
    if not changed & {"next_currency", "zone"}:
        return
    if SubscriptionItem.everything.exists():
        ctx.defer("billing.recount", relock="next_currency" in changed)
    else:
        workspace = Workspace.objects.get()
        adopt_currency(ctx, workspace.next_currency or workspace.currency)


def register_receivers() -> None:
    """Have the projections run."""
    register_projection([ItemCreated, ItemChanged, ItemDeleted, ItemRestored], follow_items)
    register_projection([SubscriptionChanged, SubscriptionDeleted, SubscriptionRestored], follow_subscriptions)
    register_projection([AccountChanged], follow_accounts)
    register_projection([MilestoneMoved], follow_first_use)
    register_projection([StageEntered], follow_wins)
    register_projection([ExchangeRatesImported], follow_rates)
    register_projection([WorkspaceChanged], follow_workspace)
