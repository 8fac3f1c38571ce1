"""Permission patterns: which names a pattern covers, and when one set is within another.

A permission is `room.verb_noun` (`directory.create_account`), or `room.view` for reading a room. A pattern is a permission,
`room.*`, `*.view` or `*`. The trigger `check_grant_narrows` (queries/grants.sql) says the same in the database.
Source: spec/grants.md point 1.
"""

from __future__ import annotations

from collections.abc import Iterable


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


def is_within(child: Iterable[str], parent: Iterable[str]) -> bool:
    """Whether every pattern of `child` is given by one of `parent`."""
    held = tuple(parent)
    return all(any_covers(held, pattern) for pattern in child)


def narrowed(patterns: Iterable[str], parent: Iterable[str]) -> list[str]:
    """What both sides give: `patterns` that `parent` covers, then patterns of `parent` that `patterns` cover."""
    wanted, held = tuple(patterns), tuple(parent)
    kept = [pattern for pattern in wanted if any_covers(held, pattern)]
    return kept + [pattern for pattern in held if pattern not in kept and any_covers(wanted, pattern)]
