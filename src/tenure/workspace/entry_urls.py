"""Ways in, outside any workspace: the start page and the first workspace."""

from __future__ import annotations

from django.urls import path

from tenure.workspace.views import entry, join

urlpatterns = [
    path("", entry.root, name="root"),
    path("welcome/", entry.welcome, name="welcome"),
    path("enter/<str:token>/", entry.enter, name="enter"),
    path("join/<str:secret>/", join.join, name="join"),
    path("healthz", entry.healthz, name="healthz"),
]
