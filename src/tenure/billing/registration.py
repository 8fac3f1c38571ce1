"""What billing tells the rest of Tenure about itself, once, when it starts."""

from __future__ import annotations

from tenure.billing.receivers import register_receivers
from tenure.billing.records import ITEM, REPORTED_CHURN, SUBSCRIPTION
from tenure.workspace.records import register_record


def register_room() -> None:
    """Records, projections, lists, panels, navigation."""
    for record in (SUBSCRIPTION, ITEM, REPORTED_CHURN):
        register_record(record)
    register_receivers()
