"""Imports over the API: what a file's plan is, how a run stands, what its preview and result say."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tenure.workspace.endpoints.change_sets import ChangeSetOut, change_set_out
from tenure.workspace.endpoints.schemas import In, Page
from tenure.workspace.enums import CustomKind, ImportPhase, ImportSource, ImportState
from tenure.workspace.imports.draft import Fault
from tenure.workspace.imports.plan import Answer, Duplicates, EmptyCells, FilePlan
from tenure.workspace.imports.profiles import candidate_for, from_plain
from tenure.workspace.records import record_types
from tenure.workspace.tabular.decisions import DateOrder
from tenure.workspace.tabular.notes import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenure.workspace.models import ImportFile, ImportRun, SavedImport


class NewFieldIn(In):
    """A custom field that the import makes before its first row, where the record has none of that name; needs the right to make fields."""

    label: str = Field("", max_length=80, description="Empty: the column's name.", examples=["Business system"])
    kind: CustomKind = CustomKind.TEXT
    choices: list[str] = Field(default_factory=list, max_length=500, description="Of a choice; empty: the column's values.")
    currency: str = Field("", pattern="^([A-Z]{3})?$", description="Of amounts; empty: the column's, else the workspace's.")


class ColumnPlanIn(In):
    """Where one column goes and how it is read; what is left out is decided by what the whole column holds."""

    field: str = Field("", description="The field's name; empty where `new_field` says it.", examples=["name"])
    new_field: NewFieldIn | None = Field(None, description="The column becomes a field of the workspace's own.")
    corrections: dict[str, str] = Field(default_factory=dict, description="Cells as they stand to what is meant.")
    unknown: Answer = Field(Answer.FAIL, description="Where a reference or choice is not there.")
    unreadable: Answer = Field(Answer.FAIL, description="Where a cell cannot be read as the field's kind.")
    decimal_mark: str | None = Field(None, pattern="^[.,]$")
    currency: str | None = Field(None, pattern="^[A-Z]{3}$")
    date_order: DateOrder | None = None
    zone: str | None = Field(None, max_length=64)
    null_words: list[str] | None = None
    separator: str | None = Field(None, max_length=3)


class PlanIn(In):
    """How one file is read. Without `record` and `columns` they are found out by what the file holds."""

    record: str = Field("", description="What the rows are.", examples=["account"])
    columns: dict[str, ColumnPlanIn] = Field(default_factory=dict, description="By the column's name in the header.")
    constants: dict[str, str] = Field(default_factory=dict, description="Fields that every row gets.")
    match_by: str | None = Field(None, description="The key field that finds the record a row means; empty: every row is new.")
    duplicates: Duplicates = Duplicates.LAST
    empty_cells: EmptyCells = EmptyCells.LEAVE
    read: dict[str, Any] = Field(default_factory=dict, description="encoding, delimiter, quote, header_row, sheet.")


class ProblemOut(Schema):
    """One kind of problem in one column."""

    code: str
    message: str = Field(description="In English; the first row's own facts.")
    column: str
    rows: int
    examples: list[dict[str, Any]]
    answer: Answer = Field(description="What becomes of these rows as things stand.")
    answers: list[Answer] = Field(description="What can be answered in the column's plan.")
    corrections: list[dict[str, Any]] = Field(description="Values with what they probably mean.")


class ReadingOut(Schema):
    """How one mapped column is read, and what in the whole column says so."""

    column: str
    field: str
    kind: str
    evidence: list[str]
    warnings: list[str]


class ImportFileOut(Schema):
    """One file of an import, with its counts: foreseen before the start, real after it."""

    id: UUID
    name: str
    record: str
    plan: dict[str, Any]
    header: list[str]
    phase: ImportPhase
    rows: int | None
    created: int
    updated: int
    unchanged: int
    skipped: int
    failed: int
    skips: dict[str, int] = Field(description="Skipped rows by reason.")
    left_out: list[str] = Field(description="Columns that go nowhere.")
    dialect: list[str] = Field(description="How the file is read, and why.")
    readings: list[ReadingOut]
    problems: list[ProblemOut]


class ImportOut(Schema):
    """One import. Before it is started its counts are those of the preview, null without one."""

    id: UUID
    title: str
    state: ImportState
    created_at: datetime
    created: int | None
    updated: int | None
    unchanged: int | None
    skipped: int | None
    failed: int | None
    change_set: ChangeSetOut | None = Field(description="What it did to records, from the start on.")
    message: str = Field(description="Why it stopped, where it did.")
    files: list[ImportFileOut]


class ImportPage(Page[ImportOut]):
    """One page of imports, the latest first."""


class SavedImportIn(In):
    """A plan to be kept, and where its files come from."""

    name: str = Field(min_length=1, max_length=80)
    plan: PlanIn
    header: list[str] = Field(min_length=1, max_length=2000, description="The columns of a file it fits.")
    source: ImportSource = ImportSource.NONE
    place: str = Field("", max_length=2000, description="A folder below the installation's folder for imports, or a URL.")
    every_minutes: int | None = Field(None, ge=1, le=525_600)


class SavedImportOut(Schema):
    """A saved import."""

    id: UUID
    name: str
    record: str
    plan: dict[str, Any]
    source: ImportSource
    place: str
    every_minutes: int | None
    next_run_at: datetime | None
    last_run_at: datetime | None
    last_message: str


class SavedImportsOut(Schema):
    """All saved imports, by name."""

    items: list[SavedImportOut]


def import_out(run: ImportRun, files: Sequence[ImportFile]) -> ImportOut:
    """The import as the API writes it."""
    change_set = run.change_set
    foreseen = run.preview if run.preview and "files" in run.preview else None
    counts: Any = {name: getattr(change_set, name) for name in _COUNTS} if change_set else foreseen or {}
    looked = {one["file"]: one for one in (foreseen or {}).get("files", ())}
    return ImportOut(
        id=run.pk,
        title=run.title,
        state=ImportState(run.state),
        created_at=run.created_at,
        change_set=change_set_out(change_set) if change_set else None,
        message=run.message,
        files=[_file_out(one, looked.get(str(one.pk), {}), is_started=run.is_started) for one in files],
        **{name: counts.get(name) for name in _COUNTS},
    )


_COUNTS = ("created", "updated", "unchanged", "skipped", "failed")


def _file_out(one: ImportFile, looked: dict[str, Any], *, is_started: bool) -> ImportFileOut:
    counts = {name: getattr(one, name) if is_started else looked.get(name, 0) for name in _COUNTS}
    return ImportFileOut(
        id=one.pk,
        name=one.file.name,
        record=one.record,
        plan=one.plan,
        header=one.profile.get("header", []),
        phase=ImportPhase(one.phase),
        rows=one.rows,
        skips=one.skips if is_started else looked.get("skips", {}),
        left_out=looked.get("left_out", []),
        dialect=[str(Note.from_dict(note)) for note in one.dialect.get("evidence", ())],
        readings=_readings(one),
        problems=[_problem_out(problem) for problem in looked.get("problems", ())],
        **counts,
    )


def _readings(one: ImportFile) -> list[ReadingOut]:
    plan = FilePlan.from_dict(one.plan)
    if not one.profile.get("columns"):
        return []
    fields = record_types[one.record].by_name
    readings = []
    for column in from_plain(one.profile):
        mapped = plan.columns.get(column.name)
        if mapped is None:
            continue
        candidate = candidate_for(fields.get(mapped.field), column)
        notes, warnings = [str(note) for note in candidate.evidence], [str(note) for note in column.warnings]
        readings.append(
            ReadingOut(column=column.name, field=mapped.field, kind=candidate.kind, evidence=notes, warnings=warnings)
        )
    return readings


def _problem_out(problem: dict[str, Any]) -> ProblemOut:
    parts = {key: problem[key] for key in ("code", "message", "facts", "value", "remedy") if key in problem}
    return ProblemOut(
        code=problem["code"],
        message=Fault(**parts).sentence(),
        column=problem.get("column", ""),
        rows=problem["rows"],
        examples=problem["examples"],
        answer=Answer(problem["answer"]),
        answers=[Answer(answer) for answer in problem["answers"]],
        corrections=problem["corrections"],
    )


def saved_import_out(saved: SavedImport) -> SavedImportOut:
    """The saved import as the API writes it."""
    return SavedImportOut(
        id=saved.pk,
        name=saved.name,
        record=saved.record,
        plan=saved.plan,
        source=ImportSource(saved.source),
        place=saved.source_place,
        every_minutes=saved.every_minutes,
        next_run_at=saved.next_run_at,
        last_run_at=saved.last_run_at,
        last_message=saved.last_message,
    )
