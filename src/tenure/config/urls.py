"""Every address of Tenure."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("<slug:workspace>/", include("tenure.workspace.urls")),
    path("<slug:workspace>/", include("tenure.directory.urls")),
]
