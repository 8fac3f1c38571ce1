"""Every address of Tenure."""

from __future__ import annotations

from django.urls import include, path, re_path

from tenure.config.api import PREFIX, api
from tenure.config.api_answers import address_unknown
from tenure.config.api_docs import api_docs, api_problems
from tenure.config.telemetry import metrics

urlpatterns = [
    path("", include("tenure.workspace.entry_urls")),
    path("metrics", metrics, name="metrics"),
    path("accounts/", include("allauth.urls")),
    path(PREFIX, api.urls),
    path(f"{PREFIX}docs", api_docs, name="api_docs"),
    path(f"{PREFIX}docs/problems", api_problems, name="api_problems"),
    re_path(r"^api(?:/|$)", address_unknown),
    path("<slug:workspace>/", include("tenure.workspace.urls")),
    path("<slug:workspace>/", include("tenure.stream.urls")),
    path("<slug:workspace>/", include("tenure.directory.urls")),
    path("<slug:workspace>/", include("tenure.market.urls")),
    path("<slug:workspace>/", include("tenure.sales.urls")),
    path("<slug:workspace>/", include("tenure.usage.urls")),
    path("<slug:workspace>/", include("tenure.billing.urls")),
    path("<slug:workspace>/", include("tenure.insights.urls")),
]

handler404 = "tenure.config.middleware.page_missing"
handler500 = "tenure.config.middleware.page_failed"
