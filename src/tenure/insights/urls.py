"""Addresses of the insights room, below /<workspace>/."""

from __future__ import annotations

from django.urls import path

from tenure.insights.views import bow_tie, channels, pipeline, restatements, retention, revenue, turns

app_name = "insights"
urlpatterns = [
    path("bow-tie/", bow_tie.bow_tie_page, name="bow_tie"),
    path("bow-tie/how/", bow_tie.how, name="bow_tie_how"),
    path("bow-tie/turns/", turns.turns, name="turns"),
    path("return-on-channels/", channels.channels_page, name="channels"),
    path("pipeline/", pipeline.pipeline_page, name="pipeline"),
    path("retention/", retention.retention_page, name="retention"),
    path("revenue/", revenue.revenue_page, name="revenue"),
    path("revenue/how/", revenue.how, name="revenue_how"),
    path("revenue/restatements/", restatements.restatements_page, name="restatements"),
]
