"""A person's events: gathered for whoever asks what is kept, and made nobody's in particular for whoever asks to be forgotten.

Events stay, so that what was counted stays: under a pseudonym in place of the ids, without context, without traits, and with what identifies
the person taken out of the properties. `subject` is part of the table's order, so rows are written anew and the old ones deleted; each
step can be done again after a crash at any point.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenure.kernel.ids import uuid7
from tenure.stream.store.client import event_store

if TYPE_CHECKING:
    from uuid import UUID

MARK = "[…]"
# Shorter words stand for too much else to be taken out of a text.
MIN_WORD = 5
EXPORTED_EVENTS = 100_000
_TABLES = ("events", "sandbox_events")
_COLUMNS = """
SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {table:String}
  AND default_kind NOT IN ('MATERIALIZED', 'ALIAS', 'EPHEMERAL') ORDER BY position
"""
_SWEPT = "replaceRegexpAll(properties, {words:String}, {mark:String})"
_CHANGED = {
    "subject": "transform(subject, {subjects:Array(String)}, {pseudonyms:Array(String)}, subject)",
    "user_id": "transform(user_id, {users:Array(String)}, {user_pseudonyms:Array(String)}, user_id)",
    "anonymous_id": "transform(anonymous_id, {visitors:Array(String)}, {visitor_pseudonyms:Array(String)}, anonymous_id)",
    "properties": f"if(name IN ('$identify', '$alias') OR NOT isValidJSON({_SWEPT}), '{{}}', {_SWEPT})",
    "context": "'{}'",
}
_THEIRS = "(user_id IN {users:Array(String)} OR anonymous_id IN {visitors:Array(String)})"
# Not those that an attempt before this one wrote already.
_REWRITE = """
INSERT INTO {table} ({columns}) SELECT {values} FROM {table}
WHERE workspace = {{workspace:UUID}} AND subject IN {{subjects:Array(String)}} AND (id_hash, seq, idx) NOT IN (
  SELECT id_hash, seq, idx FROM {table} WHERE workspace = {{workspace:UUID}} AND subject IN {{pseudonyms:Array(String)}})
SETTINGS max_partitions_per_insert_block = 0
"""
_DELETE = "ALTER TABLE {table} DELETE WHERE workspace = {{workspace:UUID}} AND subject IN {{subjects:Array(String)}}"
_UPDATE = """
ALTER TABLE {table} UPDATE {changes} WHERE workspace = {{workspace:UUID}} AND subject NOT IN {{pseudonyms:Array(String)}} AND {theirs}
"""
_REFUSALS = """
ALTER TABLE refusals DELETE WHERE workspace = {workspace:UUID} AND match(body, {words:String})
"""
_EXPORT = f"""
SELECT time, name, subject, user_id, anonymous_id, properties, context FROM events
WHERE workspace = {{workspace:UUID}} AND (subject IN {{subjects:Array(String)}} OR {_THEIRS}) ORDER BY time LIMIT {{limit:UInt64}}
"""  # noqa: S608 - put together from constants


@dataclass(frozen=True, slots=True)
class Erasing:
    """Whose events: `u:` and `a:` subjects, each with its pseudonym; words that identify the person in a text."""

    pseudonyms: Mapping[str, str]
    words: Collection[str]


def pseudonym_of(subject: str) -> str:
    """A name that leads back to nobody, of the same kind as the subject."""
    return f"{subject[:2]}erased-{uuid7().hex}"


def erase_events(workspace_id: UUID, erasing: Erasing) -> None:
    """Give these subjects' events their pseudonyms, and empty them of what identifies the person. Idempotent. Raises StoreUnavailable."""
    store, parameters = event_store(), _parameters(erasing) | {"workspace": workspace_id}
    for table in _TABLES:
        columns = [name for (name,) in store.rows(_COLUMNS, table=table)]
        values = ", ".join(_CHANGED.get(name, name) for name in columns)
        store.command(_REWRITE.format(table=table, columns=", ".join(columns), values=values), **parameters)
        store.change(_DELETE.format(table=table), **parameters)
        changes = ", ".join(f"{name} = {value}" for name, value in _CHANGED.items() if name != "subject")
        store.change(_UPDATE.format(table=table, changes=changes, theirs=_THEIRS), **parameters)
    store.change(_REFUSALS, **parameters)
    store.change(_DELETE.format(table="ties"), **parameters)


def events_of_subjects(workspace_id: UUID, subjects: Collection[str]) -> list[dict[str, Any]]:
    """The events of these subjects, and those of groups in which they acted: 100,000 at most, the oldest first. Raises StoreUnavailable."""
    erasing = _parameters(Erasing(dict.fromkeys(subjects, ""), ()))
    wanted = {name: erasing[name] for name in ("subjects", "users", "visitors")}
    names = ("time", "name", "subject", "user_id", "anonymous_id", "properties", "context")
    rows = event_store().rows(_EXPORT, workspace=workspace_id, limit=EXPORTED_EVENTS, **wanted)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _parameters(erasing: Erasing) -> dict[str, Any]:
    users = {old[2:]: new[2:] for old, new in erasing.pseudonyms.items() if old.startswith("u:")}
    visitors = {old[2:]: new[2:] for old, new in erasing.pseudonyms.items() if old.startswith("a:")}
    return {
        "subjects": list(erasing.pseudonyms),
        "pseudonyms": list(erasing.pseudonyms.values()),
        "users": list(users),
        "user_pseudonyms": list(users.values()),
        "visitors": list(visitors),
        "visitor_pseudonyms": list(visitors.values()),
        "words": _pattern([*erasing.words, *users, *visitors]),
        "mark": MARK,
    }


def _pattern(words: Collection[str]) -> str:
    """One expression for all words, as they are and as JSON writes them; one that matches nothing where there are none."""
    kept = sorted({word for word in words if len(word) >= MIN_WORD}, key=lambda word: (-len(word), word))
    spellings = dict.fromkeys(
        text for word in kept for text in (json.dumps(word)[1:-1], json.dumps(word, ensure_ascii=False)[1:-1], word)
    )
    return "(?i)" + "|".join(re.escape(text) for text in spellings) if spellings else r"\z\A."
