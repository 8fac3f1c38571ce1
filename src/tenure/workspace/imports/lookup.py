"""Finding records by what files call them, a chunk at once: external id first, then the other key fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.records import RecordType


@dataclass(slots=True)
class Found:
    """ids: by the text asked for. ambiguous: texts that name several records."""

    ids: dict[str, UUID] = field(default_factory=dict)
    ambiguous: set[str] = field(default_factory=set)


def key_fields(record: RecordType) -> list[str]:
    """The fields by which records are found, in the order they are asked."""
    names = [one.name for one in record.fields if one.is_key]
    return sorted(names, key=lambda name: name != "external_id")


def find_references(ctx: Context, record: RecordType, texts: Iterable[str]) -> Found:
    """The records that `texts` name, which the caller may see; one query for each key field at most."""
    found = Found()
    left = set(texts)
    visible = scope_filter(ctx, record.view_permission, record.model)
    for name in key_fields(record):
        if not left:
            break
        by_key: dict[str, list[str]] = defaultdict(list)
        for text in left:
            column, key = record.match_key(name, text)
            if key:
                by_key[key].append(text)
        matches: dict[str, set[UUID]] = defaultdict(set)
        for key, row_id in record.model.objects.filter(visible, **{f"{column}__any_of": by_key}).values_list(column, "pk"):
            matches[key].add(row_id)
        for key, row_ids in matches.items():
            for text in by_key[key]:
                left.discard(text)
                if len(row_ids) == 1:
                    found.ids[text] = next(iter(row_ids))
                else:
                    found.ambiguous.add(text)
    return found


def find_matches(record: RecordType, match_by: str, keys: Iterable[object]) -> dict[object, list[UUID]]:
    """The living records that stand under each key of the field a file is matched by."""
    column, _ = record.match_key(match_by, "")
    matches: dict[object, list[UUID]] = defaultdict(list)
    for key, row_id in record.model.objects.filter(**{f"{column}__any_of": keys}).values_list(column, "pk"):
        matches[key].append(row_id)
    return matches
