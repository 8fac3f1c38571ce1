"""The insights room: the bow-tie, revenue, retention, channels and pipeline, and what was reported when."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    """Room on floor 11."""

    name = "tenure.insights"
    label = "insights"
    verbose_name = "Insights"

    def ready(self) -> None:
        """Register navigation."""
        from tenure.workspace.navigation import NavigationItem, register_navigation  # noqa: PLC0415 - models are not loaded before ready()

        register_navigation(
            NavigationItem(_("Bow-tie"), "route", "insights:bow_tie", "insights.view", "", 5, on_phone=True),
            NavigationItem(_("Revenue"), "chart-bar", "insights:revenue", "insights.view", "earn", 20),
            NavigationItem(_("Retention"), "chart-dots", "insights:retention", "insights.view", "keep", 10),
            NavigationItem(_("Return on channels"), "scale", "insights:channels", "insights.view", "win", 15),
            NavigationItem(_("Pipeline"), "chart-histogram", "insights:pipeline", "insights.view", "win", 35),
        )
