"""Addresses of the catalogue, refused calls, corrections and their settings, in the stream room's namespace."""

from __future__ import annotations

from django.urls import path

from tenure.stream.views import catalogue, corrections, event_settings, refusals

urlpatterns = [
    path("event-names/", catalogue.event_names, name="event_names"),
    path("event-names/new/", catalogue.event_name_new, name="event_name_new"),
    path("event-names/<uuid:event_name_id>/", catalogue.event_name, name="event_name"),
    path("event-names/<uuid:event_name_id>/plan/", catalogue.event_plan, name="event_plan"),
    path("event-names/<uuid:event_name_id>/retirements/", catalogue.event_retirements, name="event_retirements"),
    path("refusals/", refusals.refusals, name="refusals"),
    path("refusals/export/", refusals.refusals_export, name="refusals_export"),
    path("refusals/dismissals/", refusals.refusal_dismissals, name="refusal_dismissals"),
    path("refusals/replays/", refusals.replays, name="replays"),
    path("refusals/replays/<uuid:replay_id>/", refusals.replay, name="replay"),
    path("refusals/replays/<uuid:replay_id>/progress/", refusals.replay_progress, name="replay_progress"),
    path("refusals/replays/<uuid:replay_id>/cancellations/", refusals.replay_cancellations, name="replay_cancellations"),
    path("refusals/<str:refusal_key>/", refusals.refusal, name="refusal"),
    path("refusals/<str:refusal_key>/replays/", refusals.refusal_replays, name="refusal_replays"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/new/", corrections.correction_new, name="correction_new"),
    path("corrections/<uuid:correction_id>/", corrections.correction, name="correction"),
    path("corrections/<uuid:correction_id>/progress/", corrections.correction_progress, name="correction_progress"),
    path(
        "corrections/<uuid:correction_id>/cancellations/", corrections.correction_cancellations, name="correction_cancellations"
    ),
    path("settings/product-events/", event_settings.event_retention, name="event_retention"),
    path("settings/product-events/plan-modes/", event_settings.plan_modes, name="plan_modes"),
]
