"""Which rows of a file stand twice, kept by the preview for the run that follows it, so that the file is not read for its keys again."""

from __future__ import annotations

import hashlib
import json

from tenure.workspace.imports.keys import RowSet
from tenure.workspace.models import ImportFile

# A file in which more rows stand twice is read again: the row of the import stays small.
MOST_KEPT = 10_000


def keep_repeated(one: ImportFile, key: str, rows: RowSet) -> None:
    """Write down the rows that do not count. key: the field by which rows of the file are told apart."""
    kept = None if rows.count > MOST_KEPT else {"of": _fingerprint(one, key), "rows": list(rows)}
    ImportFile.objects.filter(pk=one.pk).update(repeated=kept)


def kept_repeated(one: ImportFile, key: str) -> RowSet | None:
    """The rows that do not count, where they are known of this very file, read in this very way; else None."""
    if not one.repeated or one.repeated["of"] != _fingerprint(one, key):
        return None
    rows = RowSet()
    for row in one.repeated["rows"]:
        rows.add(row)
    return rows


def _fingerprint(one: ImportFile, key: str) -> str:
    """Of all that says which key a row has: the file, its dialect, the plan, the field."""
    said = json.dumps([str(one.file_id), one.dialect, one.plan, one.record, key], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()
