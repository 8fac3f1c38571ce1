"""Addresses of the stream room, below /<workspace>/."""

from __future__ import annotations

from django.urls import path

from tenure.stream import governance_urls
from tenure.stream.views import live, sources

app_name = "stream"
urlpatterns = [
    *governance_urls.urlpatterns,
    path("sources/", sources.sources, name="sources"),
    path("sources/new/", sources.source_new, name="source_new"),
    path("sources/<uuid:source_id>/", sources.source, name="source"),
    path("sources/<uuid:source_id>/edit/", sources.source_edit, name="source_edit"),
    path("sources/<uuid:source_id>/keys/", sources.source_keys, name="source_keys"),
    path("sources/<uuid:source_id>/closures/", sources.source_closures, name="source_closures"),
    path("sources/<uuid:source_id>/test-events/", sources.source_test_events, name="source_test_events"),
    path("live-events/", live.live_events, name="live_events"),
    path("live-events/call/", live.call, name="call"),
    path("live-events/search/", live.search, name="search"),
]
