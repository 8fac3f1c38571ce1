"""Permission patterns: which names a pattern covers, and when one set is within another.

A permission is `room.verb_noun` (`directory.create_account`), or `room.view` for reading a room. A pattern is a permission,
`room.*`, `*.view` or `*`. `permission_covers` (queries/grants.sql) says the same in the database.
Source: spec/grants.md point 1.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_PATTERN = re.compile(r"\*|[a-z_]+\.(?:\*|[a-z_]+)|\*\.[a-z_]+")


def is_pattern(text: str) -> bool:
    """Whether `text` is written like a permission or a pattern."""
    return _PATTERN.fullmatch(text) is not None


def covers(pattern: str, wanted: str) -> bool:
    """Whether `pattern` gives at least what `wanted` (a permission or a pattern) gives."""
    if pattern in ("*", wanted):
        return True
    room, _, verb = pattern.partition(".")
    wanted_room, _, wanted_verb = wanted.partition(".")
    if wanted == "*" or not wanted_verb:
        return False
    if verb == "*":
        return room == wanted_room
    return room == "*" and verb == wanted_verb


def any_covers(patterns: Iterable[str], wanted: str) -> bool:
    """Whether one of `patterns` gives `wanted`."""
    return any(covers(pattern, wanted) for pattern in patterns)


def uncovered(child: Iterable[str], parent: Iterable[str]) -> list[str]:
    """The patterns of `child` that none of `parent` gives, in their order."""
    held = tuple(parent)
    return [pattern for pattern in child if not any_covers(held, pattern)]


def is_within(child: Iterable[str], parent: Iterable[str]) -> bool:
    """Whether every pattern of `child` is given by one of `parent`."""
    return not uncovered(child, parent)


def unknown_patterns(patterns: Iterable[str], known: Collection[str]) -> list[str]:
    """The patterns that give none of the `known` permissions: misspelt, or of a room that is not installed."""
    return [
        pattern
        for pattern in patterns
        if not is_pattern(pattern) or (pattern != "*" and not any(covers(pattern, name) for name in known))
    ]


def narrowed(patterns: Iterable[str], parent: Iterable[str]) -> list[str]:
    """What both sides give, as few patterns as say it: `*.view` and `directory.*` meet in `directory.view`."""
    held = tuple(parent)
    met = [both for pattern in patterns for other in held if (both := _meet(pattern, other))]
    kept: list[str] = []
    for pattern in met:
        if not any_covers(kept, pattern):
            kept = [other for other in kept if not covers(pattern, other)] + [pattern]
    return kept


def _meet(one: str, other: str) -> str | None:
    """The pattern for what both give."""
    if covers(one, other):
        return other
    if covers(other, one):
        return one
    for room, verb in ((one, other), (other, one)):
        if room.endswith(".*") and verb.startswith("*."):
            return room[:-1] + verb[2:]
    return None
