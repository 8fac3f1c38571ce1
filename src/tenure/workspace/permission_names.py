"""Every permission there is: those that actions bear and those that pages ask for."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from importlib.util import find_spec

from django.apps import apps
from django.urls import get_resolver

from tenure.workspace.action import permissions


@functools.cache
def known_permissions() -> frozenset[str]:
    """The names, once every room's actions and pages have been imported."""
    for config in apps.get_app_configs():
        if config.name.startswith("tenure."):
            _import_actions(config.name)
    _ = get_resolver().url_patterns
    return frozenset(permissions)


def _import_actions(room: str) -> None:
    name = f"{room}.actions"
    if find_spec(name) is None:
        return
    for module in pkgutil.iter_modules(importlib.import_module(name).__path__):
        importlib.import_module(f"{name}.{module.name}")
