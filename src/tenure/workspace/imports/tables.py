"""An import's file as a table, and the reader of its rows, both as the import decided them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tenure.workspace.imports.errors import RecordUnknown
from tenure.workspace.imports.new_fields import fields_under
from tenure.workspace.imports.plan import Answer, FilePlan
from tenure.workspace.imports.profiles import decisions_for, from_plain
from tenure.workspace.imports.reader import DraftReader
from tenure.workspace.models import ImportFile
from tenure.workspace.records import RecordType, record_types
from tenure.workspace.tabular.dialect import Dialect
from tenure.workspace.tabular.table import Table, open_table

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def record_named(name: str) -> RecordType:
    """The record type of this name. Raises RecordUnknown."""
    if name not in record_types:
        raise RecordUnknown(name=name, known=", ".join(sorted(record_types)))
    return record_types[name]


def open_import_table(path: Path, import_file: ImportFile) -> Table:
    """The table as it was read when the file was added. Raises UnreadableFile."""
    return open_table(path, options=Dialect.from_dict(import_file.dialect).as_options())


def reader_for(ctx: Context, import_file: ImportFile, plan: FilePlan, table: Table) -> DraftReader:
    """A reader with the decisions that the file's profile came to."""
    record = record_named(import_file.record)
    known = {field.name: field for field in fields_under(ctx, record, plan)}
    fields = {column: known[one.field] for column, one in plan.columns.items() if one.field in known}
    decisions = decisions_for(from_plain(import_file.profile), fields)
    return DraftReader(ctx, record, plan, table.header, decisions, name=import_file.file.name)


def strict_plan(plan: FilePlan) -> FilePlan:
    """The plan without its answers: every problem shows as a fault."""
    columns = {name: replace(one, unknown=Answer.FAIL, unreadable=Answer.FAIL) for name, one in plan.columns.items()}
    return replace(plan, columns=columns)
