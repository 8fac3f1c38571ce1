"""The record types of the billing room: what imports, forms, API, bulk work and undo know about them. One file a record."""

from tenure.billing.records.item import ITEM
from tenure.billing.records.reported_churn import REPORTED_CHURN
from tenure.billing.records.subscription import SUBSCRIPTION

__all__ = ["ITEM", "REPORTED_CHURN", "SUBSCRIPTION"]
