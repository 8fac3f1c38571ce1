"""The lists of the billing room: columns, filters, sorts and search, for pages, API and exports alike. One file a list."""

from tenure.billing.lists.movements import MOVEMENTS
from tenure.billing.lists.reported_churn import REPORTED_CHURNS
from tenure.billing.lists.subscriptions import SUBSCRIPTIONS

__all__ = ["MOVEMENTS", "REPORTED_CHURNS", "SUBSCRIPTIONS"]
