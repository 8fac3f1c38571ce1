"""What tests of billing share: subscriptions written through actions, facts and movements read back as plain values."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tenure.billing.actions.create_subscription import create_subscription
from tenure.billing.models import ItemFact, MrrMovement
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from tenure.billing.models import Subscription
    from tenure.directory.models import Account
    from tests.world import Company

MONTHLY = 100_000_000  # micros of one euro


def subscribed(
    company: Company, account: Account, start: str = "2026-01-01", amount: int = 10_000, **values: Any
) -> Subscription:
    """A subscription of so many cents a month."""
    given = {"account": account.pk, "plan": "Team", "starts_on": date.fromisoformat(start), "net_amount": amount, **values}
    return create_subscription(company.owner.ctx, given)


def facts(company: Company, *, known: bool = False) -> list[tuple[str, int, str, str]]:
    """(state, net, from, to) of the facts that stand, or of all ever recorded, in the order of their recording."""
    with enter(company.owner.ctx.scope):
        rows = ItemFact.objects.order_by("recorded_at", "valid_from", "id")
        found = list(rows if known else rows.filter(superseded_at=None))
    return [
        (row.state, row.net_minor, f"{row.valid_from:%Y-%m-%d}", f"{row.valid_to:%Y-%m-%d}" if row.valid_to else "")
        for row in found
    ]


def movements(company: Company) -> list[tuple[str, int, str]]:
    """(kind, euros a month, day) of the movements that count, in order of time."""
    with enter(company.owner.ctx.scope):
        rows = list(MrrMovement.objects.order_by("effective_at", "micros"))
    return [(row.kind, row.micros // MONTHLY, f"{row.effective_on}") for row in rows]
