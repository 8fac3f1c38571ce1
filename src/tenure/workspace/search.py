"""The command palette: each room answers what one types with records of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.lists.columns import Label


class Found(NamedTuple):
    """One answer: what it is called, what it is, where it is."""

    label: str
    detail: Label
    url: str
    icon: str


class SearchSource(NamedTuple):
    """A room's answers under one heading, for those who hold `permission`."""

    label: Label
    permission: str
    find: Callable[[Context, str], list[Found]]


_sources: list[SearchSource] = []


def register_search(source: SearchSource) -> None:
    """Add a heading to the palette."""
    _sources.append(source)


def find_everywhere(ctx: Context, text: str) -> list[dict[str, Any]]:
    """Answers by heading, empty headings left out."""
    groups: list[dict[str, Any]] = []
    for source in _sources:
        items = source.find(ctx, text) if text and ctx.holds(source.permission) else []
        if items:
            groups.append({"label": source.label, "items": [item._asdict() for item in items]})
    return groups
