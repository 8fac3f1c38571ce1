"""The Django app that carries the templates, tags and static files of the look."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers the look under the label `ui`."""

    name = "tenure.ui"
    label = "ui"
