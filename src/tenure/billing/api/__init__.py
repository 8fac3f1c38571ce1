"""Operations of the billing room, one file a subject."""

from ninja import Router

from tenure.billing.api import churn, items, movements, subscriptions

routers: list[Router] = [subscriptions.router, items.router, movements.router, churn.router]
