"""Addresses of the insights room, below /<workspace>/."""

from __future__ import annotations

from django.urls import path

from tenure.insights.views import bow_tie, turns

app_name = "insights"
urlpatterns = [
    path("bow-tie/", bow_tie.bow_tie_page, name="bow_tie"),
    path("bow-tie/how/", bow_tie.how, name="bow_tie_how"),
    path("bow-tie/turns/", turns.turns, name="turns"),
]
