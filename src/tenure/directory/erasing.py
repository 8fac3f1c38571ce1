"""Taking what identifies a person out of every text of a workspace. Rule: DESIGN.md, "Personal data can be exported and erased"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import connection, models

from tenure.directory.models import Account, AccountTag, AccountToken, Person, PersonToken
from tenure.directory.models.custom import PersonSlots
from tenure.directory.personal import Subject, personal_tables
from tenure.stream.models import Tie
from tenure.workspace.fence import scoped_models
from tenure.workspace.models import ChangeRow, ImportFile, OutboxEvent

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.models.base import Scoped

# As short as the shortest word that is sought, so that no column grows too long.
MARK = "[…]"
# Rows about others, who may share a name; ties, whose ids of this person get pseudonyms (forget_subjects); events hold no names by rule (spec of the outbox).
UNSWEPT: frozenset[type[Scoped]] = frozenset(
    {Person, PersonToken, PersonSlots, Account, AccountTag, AccountToken, OutboxEvent, Tie}
)


def sweep(subject: Subject) -> dict[str, int]:
    """Replace the person's addresses, numbers and full names in every text column; how many rows of which table.

    Full names go only from rows of the person's accounts, of no account, or of tables that know none: elsewhere a namesake may be meant.
    Cost: one pass over each table of the workspace that has text.
    """
    swept = {}
    tables = {table.model for table in personal_tables()}
    for model in scoped_models():
        if model in UNSWEPT or model in tables:
            continue
        count = _sweep_table(model, subject)
        if count:
            swept[model.__name__] = count
    return swept


def files_naming(subject: Subject) -> list[str]:
    """Names of files once imported that brought or changed this person: the bytes are kept as they came, and are deleted by hand."""
    sets = ChangeRow.objects.filter(record="person", row_id__in=subject.ids).values("change_set_id")
    return list(
        ImportFile.objects.filter(run__change_set_id__in=sets, record="person").values_list("file__name", flat=True).distinct()
    )


def _sweep_table(model: type[Scoped], subject: Subject) -> int:
    columns = list(_text_columns(model))
    everywhere, nearby = _pattern(subject.words), _pattern(subject.words + subject.names)
    if not columns or not nearby:
        return 0
    near, parameters = _nearness(model, subject)
    wanted = f"CASE WHEN {near} THEN %(nearby)s ELSE %(everywhere)s END"
    sets = ", ".join(f'"{name}" = regexp_replace("{name}"::text, {wanted}, %(mark)s, \'gi\')::{kind}' for name, kind in columns)
    matches = " OR ".join(f'"{name}"::text ~* ({wanted})' for name, _kind in columns)
    statement = f'UPDATE "{model._meta.db_table}" SET {sets} WHERE "{model.fence_workspace}" = tenure_workspace() AND ({matches})'  # noqa: S608 - names of our own columns
    with connection.cursor() as cursor:
        cursor.execute(statement, {"nearby": nearby, "everywhere": everywhere or NEVER, "mark": MARK, **parameters})
        return cursor.rowcount


# Matches nothing.
NEVER = "(?!)"


def _nearness(model: type[Scoped], subject: Subject) -> tuple[str, dict[str, Any]]:
    """SQL for the rows in which a full name means this person."""
    accounts: list[UUID] = subject.accounts
    if model is ChangeRow:
        others = ["person", "account", *(table.record for table in personal_tables() if table.record)]
        return "NOT (record = ANY(%(others)s))", {"others": others}
    if model.fence_account:
        return f'("{model.fence_account}" IS NULL OR "{model.fence_account}" = ANY(%(accounts)s::uuid[]))', {"accounts": accounts}
    return "true", {}


def _text_columns(model: type[Scoped]) -> Iterator[tuple[str, str]]:
    """(column, type) of what people can write into."""
    for column in model._meta.concrete_fields:
        if column.primary_key or column.choices:
            continue
        if isinstance(column, models.JSONField):
            yield str(column.column), "jsonb"
        elif isinstance(column, models.TextField | models.CharField):
            yield str(column.column), "text"


def _pattern(words: list[str]) -> str:
    """One expression for all words, as they are and as JSON writes them."""
    spellings = dict.fromkeys(text for word in words for text in (json.dumps(word, ensure_ascii=False)[1:-1], word))
    return "|".join(re.escape(text) for text in spellings)
