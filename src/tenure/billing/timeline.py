"""Movements on the timelines of accounts: who became a customer, grew, shrank, left and came back. Set-based."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tenure.billing.domain.normalise import to_minor
from tenure.billing.models import Subscription
from tenure.directory.actions.settle_timeline import TimelineFact, settle_timeline
from tenure.directory.timeline import TimelineKind, register_timeline

if TYPE_CHECKING:
    from tenure.billing.book import Book, Id
    from tenure.billing.movement_ledger import MovementKey
    from tenure.workspace.context import Context


def tell_movements(ctx: Context, book: Book, movements: Iterable[MovementKey], now: datetime) -> None:
    """Let the lines about the subscriptions of the book's accounts be the movements that have taken effect."""
    subscriptions = {fact.item: fact.subscription for fact in book.facts}
    facts = [
        _fact(movement, subscriptions[movement.item], book.plans.get(movement.item, ""))
        for movement in movements
        if movement.account in book.accounts and movement.effective_at <= now
    ]
    subjects = set(Subscription.everything.filter(account_id__in=list(book.accounts)).values_list("pk", flat=True))
    if subjects:
        settle_timeline(ctx, subjects, facts)


def _fact(movement: MovementKey, subscription: Id, plan: str) -> TimelineFact:
    amount = [to_minor(abs(movement.micros)), movement.currency]
    facts = {"plan": plan, "amount": {"money": amount}} | ({"reason": movement.reason} if movement.reason else {})
    return TimelineFact(
        f"mrr_{movement.kind}", movement.effective_at, UUID(movement.account), None, "subscription", UUID(subscription), facts, ""
    )


def register_movements() -> None:
    """How movements are told."""
    url = lambda ctx, key: reverse("billing:subscription", args=[ctx.workspace.slug, key])  # noqa: E731
    why = (_("%(reason)s"),)
    register_timeline(
        TimelineKind("mrr_new", "circle-plus", (_("%(plan)s begins: %(amount)s a month"),), (), "leaf", None, url),
        TimelineKind("mrr_expansion", "trending-up", (_("%(plan)s: %(amount)s a month more"),), why, "leaf", None, url),
        TimelineKind("mrr_contraction", "trending-down", (_("%(plan)s: %(amount)s a month less"),), why, "amber", None, url),
        TimelineKind("mrr_churn", "heart-broken", (_("%(plan)s ends: %(amount)s a month lost"),), why, "rose", None, url),
        TimelineKind("mrr_reactivation", "repeat", (_("Back with %(plan)s: %(amount)s a month"),), (), "leaf", None, url),
        TimelineKind("mrr_pause", "player-pause", (_("%(plan)s is paused: %(amount)s a month"),), (), "amber", None, url),
        TimelineKind("mrr_resume", "player-play", (_("%(plan)s goes on: %(amount)s a month"),), (), "leaf", None, url),
    )
