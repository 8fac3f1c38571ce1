"""What a room puts into a workspace when it opens, such as the stages of a first pipeline. Filled in `ready()`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenure.workspace.context import Context

Furnish = Callable[["Context"], object]

_furnishings: list[Furnish] = []


def register_furnishing(furnish: Furnish) -> None:
    """Have `furnish` run inside every workspace that opens, in the transaction that opens it. It writes no events."""
    _furnishings.append(furnish)


def furnish_workspace(ctx: Context) -> None:
    """Run what the rooms have asked for."""
    for furnish in _furnishings:
        furnish(ctx)
