"""Closed lists as the choices of a field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tenure.workspace.lists import Choice

if TYPE_CHECKING:
    from django.db.models import TextChoices

    from tenure.workspace.context import Context


def choices_of(kind: type[TextChoices]) -> Callable[[Context], list[Choice]]:
    """What offers every value of a closed list."""
    return lambda _ctx: [Choice(value, label) for value, label in kind.choices]
