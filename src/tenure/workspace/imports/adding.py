"""A file joins an import: stored, opened, profiled over all its rows, with a mapping suggested where none is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tenure.workspace.imports.files import local_file, store_file
from tenure.workspace.imports.new_fields import completed
from tenure.workspace.imports.plan import ColumnPlan, FilePlan
from tenure.workspace.imports.profiles import KIND_OF_FIELD, as_plain, from_plain
from tenure.workspace.imports.saved import find_fitting
from tenure.workspace.imports.tables import record_named
from tenure.workspace.models import ImportFile, ImportRun
from tenure.workspace.records import RecordType, record_types
from tenure.workspace.tabular.decisions import ColumnProfile, Kind
from tenure.workspace.tabular.mapping import suggest_mapping
from tenure.workspace.tabular.presets import find_preset
from tenure.workspace.tabular.profiling import profile_rows
from tenure.workspace.tabular.table import open_table

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.tabular.rows import RowProblem
    from tenure.workspace.tabular.table import Row

    Rows = Iterator[Row | RowProblem]


@dataclass(frozen=True, slots=True)
class _SuggestedField:
    """A record's field as the suggestion knows fields."""

    name: str
    label: str
    synonyms: Sequence[str]
    kind: Kind


def add_file(ctx: Context, run: ImportRun, name: str, content: IO[bytes], plan: FilePlan) -> ImportFile:
    """Store and profile a file.

    Without a record type the one that suits its columns best is taken; without columns, those saved for such files, else those
    suggested. Raises UnreadableFile, PlanInvalid, RecordUnknown, DiskFull.
    """
    if plan.record:
        record_named(plan.record)
    stored = store_file(ctx, name, content)
    one = ImportFile(workspace_id=ctx.workspace.pk, run=run, position=ImportFile.objects.filter(run=run).count(), file=stored)
    with local_file(stored) as path:
        read_file(ctx, one, path, plan)
    one.save(force_insert=True)
    return one


def read_file(ctx: Context, one: ImportFile, path: Path, plan: FilePlan) -> None:
    """Open and profile the file as the plan says, and settle the plan on the import's file. Nothing is saved."""
    settle_plan(ctx, one, plan, profile_file(ctx, one, path, plan))


def profile_file(
    ctx: Context, one: ImportFile, path: Path, plan: FilePlan, watched: Callable[[Rows], Rows] = iter
) -> list[ColumnProfile]:
    """Open the file as the plan says and note what it holds on the import's file; nothing is asked of the database.

    watched: gets the rows on their way, to tell how far the reading is.
    """
    table = open_table(path, options=plan.options)
    is_typed = table.dialect.format == "xlsx"
    columns = profile_rows(table.header, watched(table.rows()), zone=ctx.workspace.zone, typed=is_typed)
    one.rows = table.tally.rows + table.tally.problems
    one.dialect = table.dialect.as_dict()
    one.profile = as_plain(table.header, columns)
    return columns


def settle_plan(ctx: Context, one: ImportFile, plan: FilePlan, columns: Sequence[ColumnProfile]) -> None:
    """Complete the plan with record type and columns where it leaves them open."""
    if not plan.columns:
        saved = find_fitting(ctx, [column.name for column in columns], plan.record)
        if saved is not None:
            plan = replace(FilePlan.from_dict(saved.plan), read=plan.read)
    if not plan.record:
        plan = replace(plan, record=guessed_record(ctx, columns).name)
    if not plan.columns:
        plan = replace(plan, columns=suggested_columns(ctx, record_named(plan.record), columns))
    one.record, one.plan = plan.record, _with_what_columns_say(plan, columns).as_dict()


def _with_what_columns_say(plan: FilePlan, columns: Sequence[ColumnProfile]) -> FilePlan:
    """New fields with the choices and currencies of their columns."""
    by_name = {column.name: column for column in columns}
    made = {
        name: replace(one, new_field=completed(one.new_field, by_name[name])) if one.new_field and name in by_name else one
        for name, one in plan.columns.items()
    }
    return replace(plan, columns=made)


def suggested_columns(ctx: Context, record: RecordType, columns: Sequence[ColumnProfile]) -> dict[str, ColumnPlan]:
    """Each column's field, where one suits it."""
    return {name: ColumnPlan(field) for name, field, _ in _suggestions(ctx, record, columns)}


def guessed_record(ctx: Context, columns: Sequence[ColumnProfile]) -> RecordType:
    """The kind of record that a known export names, else the one whose fields suit the columns best."""
    kinds = importable_records(ctx)
    preset = find_preset([column.name for column in columns])
    if preset is not None and preset.record in {kind.name for kind in kinds}:
        return record_types[preset.record]

    def worth(kind: RecordType) -> float:
        found = _suggestions(ctx, kind, columns)
        missing = sum(field.is_required and field.name not in {name for _, name, _ in found} for field in kind.fields)
        return sum(confidence for _, _, confidence in found) - missing

    return max(kinds, key=worth)


def importable_records(ctx: Context) -> list[RecordType]:
    """The kinds of record that files may bring and the caller may write."""
    return [
        kind
        for kind in record_types.values()
        if kind.is_importable and ctx.holds(kind.create_permission) and ctx.holds(kind.change_permission)
    ]


def profiled_columns(one: ImportFile) -> list[ColumnProfile]:
    """What the file's columns hold."""
    return from_plain(one.profile)


def order_files(files: Sequence[ImportFile]) -> list[ImportFile]:
    """Files whose records are referred to before those that refer to them; otherwise as they were given."""
    brought = {one.record for one in files}
    placed: list[ImportFile] = []
    left = list(files)
    while left:
        waiting = {one.record for one in left}
        free = next((one for one in left if not (referred_by(one) & brought & waiting - {one.record})), left[0])
        placed.append(free)
        left.remove(free)
    return placed


EXTERNAL_ID = "_external_id"


def _suggestions(ctx: Context, record: RecordType, columns: Sequence[ColumnProfile]) -> list[tuple[str, str, float]]:
    """(column, field, confidence). A column of another record's ids is preferred to one of its names."""
    own = record.fields_for(ctx)
    fields = [_SuggestedField(one.name, str(one.label), one.synonyms, KIND_OF_FIELD.get(one.kind, Kind.TEXT)) for one in own]
    names = {one.name for one in own}
    references = [one for one in own if one.references in record_types and one.name + EXTERNAL_ID not in names]
    fields += [_SuggestedField(one.name + EXTERNAL_ID, f"{one.label} id", (), Kind.TEXT) for one in references]
    found = [one for one in suggest_mapping([column.name for column in columns], columns, fields) if one.field]
    by_id = {str(one.field).removesuffix(EXTERNAL_ID) for one in found if one.field not in names}
    return [
        (one.column, str(one.field) if one.field in names else str(one.field).removesuffix(EXTERNAL_ID), one.confidence)
        for one in found
        if one.field not in by_id
    ]


def referred_by(one: ImportFile) -> set[str]:
    """The kinds of record that the file's mapped columns refer to."""
    plan = FilePlan.from_dict(one.plan)
    fields = {column.field for column in plan.columns.values()} | set(plan.constants)
    return {field.references for field in record_types[one.record].fields if field.references and field.name in fields}
