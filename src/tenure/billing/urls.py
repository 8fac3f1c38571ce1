"""Addresses of the billing room, below /<workspace>/."""

from __future__ import annotations

from django.urls import path

from tenure.billing.views import churn, items, subscriptions

app_name = "billing"
urlpatterns = [
    path("subscriptions/", subscriptions.subscriptions, name="subscriptions"),
    path("subscriptions/new/", subscriptions.subscription_new, name="subscription_new"),
    path("subscriptions/<uuid:subscription_id>/", subscriptions.subscription, name="subscription"),
    path("subscriptions/<uuid:subscription_id>/edit/", subscriptions.subscription_edit, name="subscription_edit"),
    path("subscriptions/<uuid:subscription_id>/peek/", subscriptions.subscription_peek, name="subscription_peek"),
    path("subscriptions/<uuid:subscription_id>/endings/", subscriptions.subscription_endings, name="subscription_endings"),
    path("subscriptions/<uuid:subscription_id>/removals/", subscriptions.subscription_removals, name="subscription_removals"),
    path("subscriptions/<uuid:subscription_id>/items/new/", items.item_new, name="item_new"),
    path("subscription-items/<uuid:item_id>/edit/", items.item_edit, name="item_edit"),
    path("subscription-items/<uuid:item_id>/changes/", items.item_changes, name="item_changes"),
    path("subscription-items/<uuid:item_id>/removals/", items.item_removals, name="item_removals"),
    path("reported-churn/", churn.reported_churn, name="reported_churn"),
    path("reported-churn/new/", churn.reported_churn_new, name="reported_churn_new"),
    path("reported-churn/<uuid:report_id>/", churn.reported_churn_edit, name="reported_churn_edit"),
    path("reported-churn/<uuid:report_id>/removals/", churn.reported_churn_removals, name="reported_churn_removals"),
    path("mrr-movements/", churn.movements, name="movements"),
    path("mrr-movements/<uuid:movement_id>/", churn.movement, name="movement"),
]
