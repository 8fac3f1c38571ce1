"""Tables of the billing room, one file per aggregate."""

from tenure.billing.models.custom import ReportedChurnSlots, SubscriptionItemSlots, SubscriptionSlots
from tenure.billing.models.item_fact import ItemFact
from tenure.billing.models.movement import MrrMovement
from tenure.billing.models.reported_churn import ReportedChurn
from tenure.billing.models.subscription import Subscription, SubscriptionItem

__all__ = [
    "ItemFact",
    "MrrMovement",
    "ReportedChurn",
    "ReportedChurnSlots",
    "Subscription",
    "SubscriptionItem",
    "SubscriptionItemSlots",
    "SubscriptionSlots",
]
