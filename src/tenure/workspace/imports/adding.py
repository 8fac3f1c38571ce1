"""A file joins an import: stored, opened, profiled over all its rows, with a mapping suggested where none is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from tenure.workspace.imports.files import local_file, store_file
from tenure.workspace.imports.plan import ColumnPlan, FilePlan
from tenure.workspace.imports.tables import record_named
from tenure.workspace.models import ImportFile, ImportRun
from tenure.workspace.records import FieldKind, RecordField, RecordType, record_types
from tenure.workspace.tabular.decisions import ColumnProfile, Decision, Kind
from tenure.workspace.tabular.mapping import suggest_mapping
from tenure.workspace.tabular.profiling import profile
from tenure.workspace.tabular.table import Table, open_table

if TYPE_CHECKING:
    from tenure.workspace.context import Context

_FREQUENT = 20
KIND_OF_FIELD: dict[FieldKind, Kind] = {
    FieldKind.INTEGER: Kind.INTEGER,
    FieldKind.DECIMAL: Kind.DECIMAL,
    FieldKind.MONEY: Kind.MONEY,
    FieldKind.DATE: Kind.DATE,
    FieldKind.INSTANT: Kind.INSTANT,
    FieldKind.BOOLEAN: Kind.BOOLEAN,
    FieldKind.CHOICES: Kind.LIST,
    FieldKind.EMAIL: Kind.EMAIL,
    FieldKind.DOMAIN: Kind.URL,
}


@dataclass(frozen=True, slots=True)
class _SuggestedField:
    """A record's field as the suggestion knows fields."""

    name: str
    label: str
    synonyms: Sequence[str]
    kind: Kind


def add_file(ctx: Context, run: ImportRun, name: str, content: IO[bytes], plan: FilePlan) -> ImportFile:
    """Store and profile a file; without columns in the plan, the suggested ones are taken. Raises UnreadableFile, PlanInvalid."""
    record = record_named(plan.record)
    stored = store_file(ctx, name, content)
    with local_file(stored) as path:
        table = open_table(path, options=plan.options)
        profiles = profile(table, zone=ctx.workspace.zone)
        rows = table.tally.rows + table.tally.problems
    if not plan.columns:
        plan = suggested_plan(ctx, record, plan, table, profiles)
    return ImportFile.objects.create(
        workspace_id=ctx.workspace.pk,
        run=run,
        position=ImportFile.objects.filter(run=run).count(),
        file=stored,
        record=record.name,
        plan=plan.as_dict(),
        dialect=table.dialect.as_dict(),
        profile=_plain(table, profiles, plan, record, ctx),
        rows=rows,
    )


def suggested_plan(ctx: Context, record: RecordType, plan: FilePlan, table: Table, profiles: Sequence[ColumnProfile]) -> FilePlan:
    """The plan with each column mapped to the field it probably is."""
    from dataclasses import replace  # noqa: PLC0415

    fields = [_SuggestedField(one.name, str(one.label), one.synonyms, KIND_OF_FIELD.get(one.kind, Kind.TEXT)) for one in record.fields_for(ctx)]
    suggestions = suggest_mapping(table.header, profiles, fields)
    return replace(plan, columns={one.column: ColumnPlan(one.field) for one in suggestions if one.field})


def decision_for(field: RecordField | None, column: ColumnProfile) -> Decision:
    """How the column is read for that field: as the field's kind where the column can be read so, else as it is best read."""
    wanted = KIND_OF_FIELD.get(field.kind) if field else None
    found = column.candidate(wanted) if wanted else None
    if found is None and wanted is Kind.INSTANT:
        found = column.candidate(Kind.DATE)
    if found is None and wanted is Kind.DATE:
        found = column.candidate(Kind.INSTANT)
    return (found or column.best).decision


def order_files(files: Sequence[ImportFile]) -> list[ImportFile]:
    """Files whose records are referred to before those that refer to them; otherwise as they were given."""
    brought = {one.record for one in files}
    placed: list[ImportFile] = []
    left = list(files)
    while left:
        waiting = {one.record for one in left}
        free = next((one for one in left if not (_referred_by(one) & brought & waiting - {one.record})), left[0])
        placed.append(free)
        left.remove(free)
    return placed


def _referred_by(one: ImportFile) -> set[str]:
    """The kinds of record that the file's mapped columns refer to."""
    fields = FilePlan.from_dict(one.plan).fields
    return {field.references for field in record_types[one.record].fields if field.references and field.name in fields}


def _plain(table: Table, profiles: Sequence[ColumnProfile], plan: FilePlan, record: RecordType, ctx: Context) -> dict[str, Any]:
    """What pages and the run need of the profile, as JSON."""
    fields = {one.name: one for one in record.fields_for(ctx)}
    decisions = {}
    for column in profiles:
        mapped = plan.columns.get(column.name)
        decisions[column.name] = decision_for(fields.get(mapped.field) if mapped else None, column).as_dict()
    return {"header": list(table.header), "decisions": decisions, "columns": [_column(one) for one in profiles]}


def _column(column: ColumnProfile) -> dict[str, Any]:
    return {
        "name": column.name,
        "count": column.count,
        "empties": column.empties,
        "null_words": column.null_words,
        "distinct": column.distinct,
        "distinct_is_exact": column.distinct_is_exact,
        "frequent": [list(pair) for pair in column.frequent[:_FREQUENT]],
        "minimum": column.minimum,
        "maximum": column.maximum,
        "candidates": [
            {"decision": one.decision.as_dict(), "fits": one.fits, "misfits": one.misfits, "evidence": [note.as_dict() for note in one.evidence], "examples": list(one.examples[:5])}
            for one in column.candidates
        ],
        "warnings": [note.as_dict() for note in column.warnings],
        "mends": dict(list(column.mends.items())[:200]),
    }
