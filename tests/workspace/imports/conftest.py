"""Installations of their own for tests that run real processes."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.workspace.imports.installation import Installation

if TYPE_CHECKING:
    from tests.fixtures_server import PostgresServer


@pytest.fixture(scope="session")
def opened(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One migrated installation with a workspace, to be copied."""
    name = f"test_{secrets.token_hex(6)}"
    postgres_server.create_database(name)
    installation = Installation(postgres_server, name, tmp_path_factory.mktemp("home"))
    installation.open_workspace()
    yield installation
    postgres_server.drop_database(name)


@pytest.fixture
def installation(opened: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation of this test's own."""
    copy = opened.copied(tmp_path / "home")
    yield copy
    copy.server.drop_database(copy.database)
