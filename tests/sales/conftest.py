"""A database that all tests of a module share, for what takes long to load; each test's own writes are taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker


def rolled_back() -> Iterator[None]:
    """A transaction that leaves nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def module_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database for a whole module, as it was before once that is over."""
    with django_db_blocker.unblock():
        yield from rolled_back()


@pytest.fixture
def own_writes() -> Iterator[None]:
    """What a test writes in a module's database is gone after it."""
    yield from rolled_back()
