"""What an import would do, counted by reading all of it and writing nothing; problems grouped, with the answers that are offered.

Rule: imports/README.md, "How a run goes". What only writing meets (a value that another process takes meanwhile, a circle over two
files) shows as failed rows of the run, not here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.kernel.collecting import rare_collections
from tenure.kernel.errors import DomainError
from tenure.workspace.enums import ImportState
from tenure.workspace.imports.adding import referred_by
from tenure.workspace.imports.ahead import read_ahead
from tenure.workspace.imports.draft import AMBIGUOUS_REFERENCE, UNKNOWN_REFERENCE, Draft, Fault, fault_of_error
from tenure.workspace.imports.errors import RowOutsideReach
from tenure.workspace.imports.files import local_file
from tenure.workspace.imports.keys import KeyTable, RowSet, key_table
from tenure.workspace.imports.lookup import find_met, find_references, key_fields
from tenure.workspace.imports.loops import Below, Circles, new_node, tree_of
from tenure.workspace.imports.new_fields import new_fields_of
from tenure.workspace.imports.plan import Answer, FilePlan
from tenure.workspace.imports.problems import Problems
from tenure.workspace.imports.reader import ON_PURPOSE
from tenure.workspace.imports.repeats import keep_repeated
from tenure.workspace.imports.settle import REPEATED, KeyNotUnique, changeable_rows, lacking_fault
from tenure.workspace.imports.tables import open_import_table, reader_for, strict_plan
from tenure.workspace.models import ImportFile, ImportRun
from tenure.workspace.records import record_types
from tenure.workspace.rows import CHUNK_ROWS
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.tabular.table import Table

Progress = Callable[[int], None]
_ROWS_OF_NAMES, _MOST_NAMES = 200_000, 20_000
COUNTED = ("created", "updated", "unchanged", "skipped", "failed")


def preview_run(ctx: Context, run: ImportRun, *, on_progress: Progress | None = None) -> dict[str, Any]:
    """Counts, problems and decisions of every file, as JSON values. on_progress: told the rows read so far.

    Nothing is written to records. Rows that stand twice are kept with their file, for the run.

    Memory is flat: keys of the files stand in a temporary table, records are met chunk by chunk.
    Raises UnreadableFile, and what is wrong with a plan.
    """
    tell = on_progress or (lambda _rows: None)
    with enter(ctx.scope):
        files = list(ImportFile.objects.filter(run=run).select_related("file").order_by("position"))
    referred = set().union(*(referred_by(one) for one in files))
    with rare_collections(), key_table() as keys:
        for one in files:
            _gather_keys(ctx, one, keys, is_referred=one.record in referred)
        keys.index()
        previews = []
        before = 0
        for one in files:
            look = _FilePreview(ctx, one, files, keys)
            previews.append(look.go(partial(_tell_from, tell, before)))
            before += look.read
    totals = {name: sum(one[name] for one in previews) for name in (*COUNTED, "rows")}
    return {**totals, "files": previews}


def _tell_from(tell: Progress, before: int, rows: int) -> None:
    tell(before + rows)


def keep_preview(ctx: Context, run: ImportRun) -> None:
    """Preview a run outside of a request and keep it with the run; progress is kept meanwhile, and the error where it cannot be done."""

    def keep(state: str, preview: dict[str, Any], message: str = "") -> None:
        with enter(ctx.scope):
            ImportRun.objects.filter(pk=run.pk, change_set=None).update(state=state, preview=preview, message=message)

    rows = (run.preview or {}).get("rows", 0)
    try:
        preview = preview_run(ctx, run, on_progress=lambda read: keep(ImportState.PREVIEWING, {"read": read, "rows": rows}))
    except DomainError as error:
        keep(ImportState.DRAFT, {}, str(error))
    else:
        keep(ImportState.READY, preview)


def key_name(record: str, field: str) -> str:
    """Under which name keys of a field stand in the key table."""
    return f"{record}.{field}"


def _gather_keys(ctx: Context, one: ImportFile, keys: KeyTable, *, is_referred: bool) -> None:
    """Put the file's keys into the table: those it is matched by, and those by which other rows may refer to its records."""
    record = record_types[one.record]
    with local_file(one.file) as path, enter(ctx.scope):
        table = open_import_table(path, one)
        reader = reader_for(ctx, one, FilePlan.from_dict(one.plan), table)
        wanted = {reader.match_by} | (set(key_fields(record)) if is_referred else set())
        for column in reader.columns:
            if column.field.name in wanted:
                keys.add(one.position, key_name(one.record, column.field.name), reader.keys(table.rows(), column.field.name))
        if reader.natural:
            keys.add(one.position, key_name(one.record, reader.told_apart_by), reader.keys(table.rows()))


class _FilePreview:
    """One file looked at."""

    def __init__(self, ctx: Context, one: ImportFile, files: Sequence[ImportFile], keys: KeyTable) -> None:
        self._ctx = ctx
        self._file = one
        self._files = files
        self._keys = keys
        self._record = record_types[one.record]
        self._plan = FilePlan.from_dict(one.plan)
        self._counts: Counter[str] = Counter()
        self._skips: Counter[str] = Counter()
        self._placed: list[tuple[Draft, str, str]] = []
        self.read = 0

    def go(self, tell: Progress) -> dict[str, Any]:
        """Read the whole file."""
        with local_file(self._file.file) as path, tree_of(self._record) as self._tree:
            table = open_import_table(path, self._file)
            with enter(self._ctx.scope):
                # Every problem is seen, then answered here: an answer does not hide what it answers.
                self._reader = reader_for(self._ctx, self._file, strict_plan(self._plan), table)
                self._problems = Problems(self._ctx, self._reader, self._plan)
                repeated = self._repeated()
            self._columns = {column.name: column for column in self._reader.columns}
            self._by_field = {column.field.name: column for column in self._reader.columns}
            for drafts in read_ahead(self._reader.chunks(table.rows(), CHUNK_ROWS)):
                with enter(self._ctx.scope):
                    self._look_at(drafts, repeated)
                self.read += len(drafts)
                tell(self.read)
            with enter(self._ctx.scope):
                self._foresee_circles()
                return self._result(table)

    def _repeated(self) -> RowSet:
        told_apart_by = self._reader.told_apart_by
        if not told_apart_by:
            return RowSet()
        repeated = self._keys.repeated(self._file.position, key_name(self._record.name, told_apart_by), self._plan.duplicates)
        if self._reader.match_by:
            keep_repeated(self._file, self._reader.match_by, repeated)
        return repeated

    def _look_at(self, drafts: Sequence[Draft], repeated: RowSet) -> None:
        going_on = [draft for draft in drafts if self._goes_on(draft, repeated)]
        going_on = self._refer(going_on)
        self._meet(going_on)

    def _goes_on(self, draft: Draft, repeated: RowSet) -> bool:
        if draft.row in repeated and not draft.faults:
            return self._skip(REPEATED)
        if not draft.faults:
            return True
        return self._answer(draft, draft.faults)

    def _skip(self, reason: str) -> bool:
        self._counts["skipped"] += 1
        self._skips[reason] += 1
        return False

    def _answer(self, draft: Draft, faults: Sequence[Fault]) -> bool:
        """Note the faults; whether the row goes on under the plan's answers."""
        answers = [self._problems.note(draft.row, fault) for fault in faults]
        if Answer.FAIL in answers:
            self._counts["failed"] += 1
            return False
        if Answer.SKIP in answers:
            return self._skip(ON_PURPOSE)
        draft.faults = []
        self._reader.check_required(draft)
        if draft.faults:
            return self._answer(draft, draft.faults)
        return True

    def _refer(self, drafts: Sequence[Draft]) -> list[Draft]:
        """References that are neither there nor brought by a file are problems; those found become ids."""
        texts: dict[str, set[str]] = defaultdict(set)
        for draft in drafts:
            for name, text in draft.references.items():
                texts[name].add(text)
        if not texts:
            return list(drafts)
        faults = {name: self._reference_faults(name, asked) for name, asked in texts.items()}
        going_on = []
        for draft in drafts:
            found = [fault for name, text in draft.references.items() if (fault := faults[name][0].get(text)) is not None]
            for name, text in draft.references.items():
                if text in faults[name][1]:
                    draft.values[name] = faults[name][1][text]
            if not found or self._answer(draft, found):
                going_on.append(draft)
        return going_on

    def _reference_faults(self, name: str, texts: set[str]) -> tuple[dict[str, Fault], dict[str, UUID]]:
        column = self._by_field[name]
        target = record_types[column.field.references]
        found = find_references(self._ctx, target, texts)
        facts = {"record": str(target.label)}
        faults = {
            text: Fault("ambiguous_reference", AMBIGUOUS_REFERENCE, {"value": text, **facts}, column.name, text)
            for text in found.ambiguous
        }
        left = texts - set(found.ids) - found.ambiguous
        brought = self._brought(target.name, left)
        for text in left - brought:
            faults[text] = Fault("unknown_reference", UNKNOWN_REFERENCE, {"value": text, **facts}, column.name, text)
        return faults, found.ids

    def _brought(self, record: str, texts: set[str]) -> set[str]:
        """Those of `texts` that a file of this run will bring a record for."""
        files = [one.position for one in self._files if one.record == record]
        brought: set[str] = set()
        for field in key_fields(record_types[record]) if files and texts else ():
            by_key = {str(record_types[record].match_key(field, text)[1]): text for text in texts - brought}
            brought |= {by_key[key] for key in self._keys.holds(files, key_name(record, field), by_key)}
        return brought

    def _names_brought(self, record: str, field: str) -> Iterable[str]:
        """Different texts in the column of a field in the files of one kind of record, bounded: one pass over its first rows."""
        names: dict[str, None] = {}
        for one in self._files:
            mapped = {plan.field: column for column, plan in FilePlan.from_dict(one.plan).columns.items()}
            if one.record != record or field not in mapped:
                continue
            with local_file(one.file) as path:
                table = open_import_table(path, one)
                place = table.header.index(mapped[field])
                for row in islice(table.rows(), _ROWS_OF_NAMES):
                    if isinstance(row, tuple) and isinstance(cell := row[1][place], str):
                        names[cell.strip()] = None
                    if len(names) >= _MOST_NAMES:
                        break
        return names

    def _meet(self, drafts: Sequence[Draft]) -> None:
        keys = {draft.key for draft in drafts if draft.key is not None}
        met = find_met(self._record, self._reader.match_by, drafts)
        brought = self._brought_before(keys - {draft.key for draft in drafts if draft.row in met})
        row_ids = [row_id for found in met.values() for row_id in found]
        changeable = changeable_rows(self._ctx, self._record, row_ids)
        may_create = self._ctx.authority.reach(self._record.create_permission).everything
        updates = []
        for draft in drafts:
            found = met.get(draft.row, [])
            if len(found) > 1:
                self._answer(draft, [fault_of_error(KeyNotUnique(key=draft.key))])
            elif not found and self._reader.lacking and str(draft.key) not in brought:
                self._answer(draft, [lacking_fault(self._reader)])
            elif (found and changeable is not None and found[0] not in changeable) or (not found and not may_create):
                self._answer(draft, [fault_of_error(RowOutsideReach())])
            elif found:
                updates.append((draft, found[0]))
            else:
                self._count(draft, "updated" if str(draft.key) in brought else "created", new_node(draft.row))
        self._compare(updates)
        self._place()

    def _brought_before(self, keys: set[Any]) -> set[str]:
        """Keys that an earlier file of the run brings records under."""
        files = [one.position for one in self._files if one.record == self._record.name and one.position < self._file.position]
        if not files or not keys:
            return set()
        return self._keys.holds(files, key_name(self._record.name, self._reader.match_by), [str(key) for key in keys])

    def _compare(self, updates: Sequence[tuple[Draft, UUID]]) -> None:
        """Which rows differ from the record they meet."""
        if not updates:
            return
        rows = {row.pk: row for row in self._record.model.objects.filter(pk__any_of=[row_id for _, row_id in updates])}
        there = [(draft, rows[row_id]) for draft, row_id in updates if row_id in rows]
        before = self._record.read_values(self._ctx, [row for _, row in there], self._reader.names)
        for (draft, row), old in zip(there, before, strict=True):
            differs = any(old.get(name) != value for name, value in draft.values.items())
            self._count(draft, "updated" if differs else "unchanged", str(row.pk))

    def _count(self, draft: Draft, counted: str, node: str) -> None:
        self._counts[counted] += 1
        name = self._record.tree_field
        if name in draft.values or name in draft.references:
            self._placed.append((draft, counted, node))

    def _place(self) -> None:
        """Put the chunk's rows into the tree, each below the record or the row that it names."""
        placed, self._placed = self._placed, []
        if self._tree is None or not placed:
            return
        name = self._record.tree_field
        rows = self._rows_named(
            {draft.references[name] for draft, _, _ in placed if name in draft.references and not draft.values.get(name)}
        )
        below = []
        for draft, counted, node in placed:
            text = draft.references.get(name, "")
            there, coming = draft.values.get(name), rows.get(text)
            parent = str(there) if there else new_node(coming) if coming is not None else None
            below.append(Below(draft.row, node, parent, counted, text))
        self._tree.add(below)

    def _rows_named(self, texts: set[str]) -> dict[str, int]:
        """Rows of this file by the texts that name the records they bring."""
        rows: dict[str, int] = {}
        for field in key_fields(self._record) if texts else ():
            by_key = {str(self._record.match_key(field, text)[1]): text for text in texts - set(rows)}
            found = self._keys.rows_of(self._file.position, key_name(self._record.name, field), by_key)
            rows |= {by_key[key]: row for key, row in found.items()}
        return rows

    def _foresee_circles(self) -> None:
        """Rows that would put a record below itself were counted as something else before the whole file was seen."""
        circles = self._tree.circles() if self._tree is not None else Circles()
        closing = self._record.model.objects.filter(pk__in=[one.child for one in circles.closing])
        names = {str(row.pk): str(row) for row in closing}
        for one in circles.closing:
            fault = fault_of_error(self._record.loop_error(names.get(one.child, ""), one.text))
            self._recount(one, self._problems.note(one.row, fault))
        for one in circles.open:
            column = self._by_field[self._record.tree_field]
            facts = {"value": one.text, "record": str(self._record.label)}
            fault = Fault("unknown_reference", UNKNOWN_REFERENCE, facts, column.name, one.text)
            self._recount(one, self._problems.note(one.row, fault))

    def _recount(self, one: Below, answer: Answer) -> None:
        if answer not in (Answer.FAIL, Answer.SKIP):
            return
        self._counts[one.counted] -= 1
        if answer is Answer.FAIL:
            self._counts["failed"] += 1
        else:
            self._skip(ON_PURPOSE)

    def _result(self, table: Table) -> dict[str, Any]:
        counts = {name: self._counts[name] for name in COUNTED}
        if sum(counts.values()) != self.read:
            raise AssertionError(f"{self.read} rows were read, {sum(counts.values())} counted")
        return {
            "file": str(self._file.pk),
            "name": self._file.file.name,
            "record": self._record.name,
            "match_by": self._reader.match_by or ", ".join(self._reader.natural),
            "rows": self.read,
            "blank": table.tally.blank,
            **counts,
            "skips": dict(self._skips),
            "problems": self._problems.as_list(self._names_brought),
            "new_fields": [{"label": new.label, "kind": new.kind} for new in new_fields_of(self._file)],
            "left_out": [name for name in table.header if name not in self._columns],
        }
