"""The top floor: settings, urls, engines, command line."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Room on floor 14."""

    name = "tenure.config"
    label = "config"
