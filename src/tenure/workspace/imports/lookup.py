"""Finding records by what files call them, a chunk at once: external id first, then the other key fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from django.db.models import Q

    from tenure.workspace.context import Context
    from tenure.workspace.imports.draft import Draft
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
        if name == "external_id" and (gone := set(by_key) - set(matches)):
            matches |= _visible_survivors(record, visible, gone)
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


def find_met(record: RecordType, match_by: str, drafts: Sequence[Draft]) -> dict[int, list[UUID]]:
    """The living records that each row meets, by row number: under its key, else under one that was merged into them, else under its natural key.

    A row that names a record which was merged away means the one that is left; that one keeps its own external id.
    """
    keys = {draft.key for draft in drafts if draft.key is not None}
    matches = find_matches(record, match_by, keys) if keys else {}
    left = keys - set(matches)
    survivors = _find_survivors(record, left) if match_by == "external_id" and left else {}
    met: dict[int, list[UUID]] = {}
    for draft in drafts:
        if draft.key in matches:
            met[draft.row] = matches[draft.key]
        elif draft.key in survivors:
            met[draft.row] = survivors[draft.key]
            draft.values.pop("external_id", None)
    return met | _find_by_natural_key(record, [draft for draft in drafts if draft.row not in met])


def _find_survivors(record: RecordType, external_ids: Collection[object]) -> dict[object, list[UUID]]:
    """What records that were merged away are today, by the external id they had."""
    model: Any = record.model
    if not any(field.attname == "merged_into_id" for field in model._meta.concrete_fields):
        return {}
    merged = model.everything.filter(merged_into__isnull=False)
    into = list(merged.filter(external_id__any_of=external_ids).values_list("external_id", "merged_into_id"))
    following = {row_id for _, row_id in into}
    became: dict[UUID, UUID] = {}
    while following:
        step = dict(merged.filter(pk__any_of=following).values_list("pk", "merged_into_id"))
        became |= step
        following = set(step.values()) - set(became)
    found: dict[object, list[UUID]] = defaultdict(list)
    for external_id, row_id in into:
        while row_id in became:
            row_id = became[row_id]  # noqa: PLW2901 - followed to its end
        if row_id not in found[external_id]:
            found[external_id].append(row_id)
    living = set(model.objects.filter(pk__any_of={one for ids in found.values() for one in ids}).values_list("pk", flat=True))
    return {key: kept for key, ids in found.items() if (kept := [one for one in ids if one in living])}


def _visible_survivors(record: RecordType, visible: Q, external_ids: Collection[str]) -> dict[str, set[UUID]]:
    survivors = _find_survivors(record, external_ids)
    asked = {row_id for row_ids in survivors.values() for row_id in row_ids}
    seen = set(record.model.objects.filter(visible, pk__any_of=asked).values_list("pk", flat=True)) if asked else set()
    return {str(key): kept for key, row_ids in survivors.items() if (kept := seen & set(row_ids))}


def _find_by_natural_key(record: RecordType, drafts: Sequence[Draft]) -> dict[int, list[UUID]]:
    """Records under the rows' natural keys; not those that carry another external id than the row's."""
    names = record.natural_key
    asking = [draft for draft in drafts if names and all(draft.values.get(name) is not None for name in names)]
    if not asking:
        return {}
    columns = [record.column_of(name) for name in names]
    wanted = {f"{column}__any_of": {draft.values[name] for draft in asking} for column, name in zip(columns, names, strict=True)}
    rows = record.model.objects.filter(**wanted).values_list("pk", "external_id", *columns)
    there = {tuple(values): (row_id, external_id) for row_id, external_id, *values in rows}
    met: dict[int, list[UUID]] = {}
    for draft in asking:
        row_id, external_id = there.get(tuple(draft.values[name] for name in names), (None, ""))
        if row_id is not None and (draft.key is None or external_id in ("", draft.key)):
            met[draft.row] = [row_id]
    return met
