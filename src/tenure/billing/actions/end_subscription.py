"""A customer gives notice: the subscription runs to the end of its term, or to another day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.billing.domain.rhythm import interval_of, next_renewal
from tenure.billing.errors import SubscriptionEnded
from tenure.billing.models import Subscription
from tenure.billing.queries.subscriptions import get_subscription
from tenure.billing.records import SUBSCRIPTION
from tenure.billing.records.subscription import load_first_items
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("billing.end_subscription")
def end_subscription(
    ctx: Context, subscription_id: UUID, *, notice_on: date, ends_on: date | None = None, reason: str = ""
) -> Subscription:
    """Note the notice and the day from which it runs no longer; without one, the day its present term is over.

    MRR falls on that day, not on the day of notice. Raises NotFound, SubscriptionEnded where it has ended by the day of notice, and
    SubscriptionEndsBeforeItStarts. Can be undone: the edit is a change set. Idempotent by its arguments.
    """
    subscription = get_subscription(ctx, subscription_id, permission="billing.end_subscription", lock=True)
    if subscription.ends_on is not None and subscription.ends_on <= notice_on:
        raise SubscriptionEnded(ends=subscription.ends_on)
    values = {"cancelled_on": notice_on, "ends_on": ends_on or _end_of_term(subscription, notice_on), "end_reason": reason}
    edit_record(ctx, SUBSCRIPTION, subscription, values)
    return subscription


def _end_of_term(subscription: Subscription, notice_on: date) -> date:
    """The day on which the term that runs on the day of notice is over; during a trial, the day the trial ends."""
    load_first_items([subscription])
    item = subscription.first_item  # type: ignore[attr-defined]
    trial_ends_on: date | None = subscription.trial_ends_on if subscription.is_trial else None
    if trial_ends_on is not None and notice_on < trial_ends_on:
        return trial_ends_on
    rhythm, count = (subscription.term, subscription.term_count) if subscription.term else (item.interval, item.interval_count)
    first: date = trial_ends_on or subscription.starts_on
    return next_renewal(first, interval_of(rhythm, count), max(first, notice_on)) or notice_on
