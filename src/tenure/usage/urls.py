"""Addresses of the usage room, below /<workspace>/."""

from __future__ import annotations

from django.urls import path

from tenure.usage.views import features, meters, milestones

app_name = "usage"
urlpatterns = [
    path("settings/milestones/", milestones.milestones, name="milestones"),
    path("meters/", meters.meters, name="meters"),
    path("meters/new/", meters.meter_new, name="meter_new"),
    path("meters/previews/", meters.meter_previews, name="meter_previews"),
    path("meters/<uuid:meter_id>/", meters.meter, name="meter"),
    path("meters/<uuid:meter_id>/edit/", meters.meter_edit, name="meter_edit"),
    path("meters/<uuid:meter_id>/events/", meters.meter_events, name="meter_events"),
    path("meters/<uuid:meter_id>/archivals/", meters.meter_archivals, name="meter_archivals"),
    path("features/", features.features, name="features"),
    path("features/new/", features.feature_new, name="feature_new"),
    path("features/<uuid:feature_id>/", features.feature, name="feature"),
    path("quotas/", features.quotas, name="quotas"),
    path("quotas/new/", features.quota_new, name="quota_new"),
    path("quotas/<uuid:quota_id>/removals/", features.quota_removals, name="quota_removals"),
]
