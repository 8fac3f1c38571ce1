"""Tests make their tables straight from the models, so something must hold the migrations to the models."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

ROOMS = [config.label for config in apps.get_app_configs() if config.name.startswith("tenure.") and list(config.get_models())]


@pytest.fixture
def loader(settings) -> MigrationLoader:
    settings.MIGRATION_MODULES = {}
    return MigrationLoader(None)


def test_migrations_say_what_the_models_say(loader):
    compared = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))

    missing = compared.changes(graph=loader.graph)

    assert {room: [str(one) for one in missing[room][0].operations] for room in set(missing) & set(ROOMS)} == {}
