"""A chunk of drafts becomes records: references found, records met, new ones written, changed ones changed, the rest put aside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from tenure.kernel.errors import Conflict
from tenure.workspace.imports.draft import (
    AMBIGUOUS_REFERENCE,
    UNKNOWN_REFERENCE,
    VALUE_MISSING,
    Draft,
    Fault,
    Settled,
    fault_of_error,
)
from tenure.workspace.imports.errors import RowOutsideReach
from tenure.workspace.imports.lookup import Found, find_met, find_references
from tenure.workspace.imports.plan import Answer
from tenure.workspace.imports.reader import ON_PURPOSE, DraftReader
from tenure.workspace.reach import scope_filter
from tenure.workspace.records import Change, insert_records, narrow, record_types, update_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.imports.columns import BoundColumn
    from tenure.workspace.records import RecordType

REPEATED = "repeated"


class KeyNotUnique(Conflict):
    """Two records that are there already have the row's key."""

    code = "key_not_unique"
    message = "More than one record has the key “{key}”: nothing says which one the row means."


class _Meeting(NamedTuple):
    """A draft and the record it meets, None for a new one."""

    draft: Draft
    row_id: UUID | None


class _Counts(NamedTuple):
    created: int
    updated: int
    unchanged: int


class Settler:
    """Settles chunks of one file. may_wait: kinds of record of which more may come with this import."""

    def __init__(self, ctx: Context, reader: DraftReader, may_wait: Collection[str]) -> None:
        self._ctx = ctx
        self._reader = reader
        self._record = reader.record
        self._references: dict[str, BoundColumn] = {column.field.name: column for column in reader.columns if column.is_reference}
        self._may_wait = may_wait
        self._created: set[tuple[str, str]] = set()

    def settle(self, drafts: Sequence[Draft], *, is_last: bool = False) -> Settled:
        """Write the chunk in the present transaction. is_last: nothing more will come, references that are missing are answered."""
        settled = Settled()
        pending = []
        for draft in drafts:
            if draft.skip:
                settled.skips[draft.skip] += 1
            elif draft.faults:
                settled.faulty.append(draft)
            else:
                pending.append(draft)
        while pending:
            ready, missing = self._refer(pending, settled)
            self._write_all(ready, settled)
            if missing and not ready:
                missing = self._answer(missing, settled, is_last=is_last)
            pending = missing
        return settled

    def _refer(self, drafts: Sequence[Draft], settled: Settled) -> tuple[list[Draft], list[Draft]]:
        """Put ids where texts name records; (drafts that are complete, drafts that miss a record)."""
        found = self._found(drafts)
        ready: list[Draft] = []
        missing: list[Draft] = []
        for draft in drafts:
            ambiguous = [name for name, text in draft.references.items() if text in found[name].ambiguous]
            if ambiguous:
                draft.faults.extend(self._fault(name, draft, AMBIGUOUS_REFERENCE, "ambiguous_reference") for name in ambiguous)
                settled.faulty.append(draft)
                continue
            for name, text in list(draft.references.items()):
                if (row_id := found[name].ids.get(text)) is not None:
                    draft.values[name] = row_id
                    del draft.references[name]
            (missing if draft.references else ready).append(draft)
        return ready, missing

    def _found(self, drafts: Sequence[Draft]) -> dict[str, Found]:
        texts: dict[str, set[str]] = defaultdict(set)
        for draft in drafts:
            for name, text in draft.references.items():
                texts[name].add(text)
        return {
            name: find_references(self._ctx, record_types[self._references[name].field.references], asked)
            for name, asked in texts.items()
        }

    def _answer(self, drafts: Sequence[Draft], settled: Settled, *, is_last: bool) -> list[Draft]:
        """What becomes of drafts that name records which are not there; those that go on without them are returned."""
        going_on: list[Draft] = []
        created = self._create_missing([draft for draft in drafts if is_last or not self._waits(draft)])
        for draft in drafts:
            if not is_last and self._waits(draft):
                settled.waiting.append(draft)
                continue
            for name in list(draft.references):
                answer = self._references[name].plan.unknown
                if answer is Answer.EMPTY:
                    del draft.references[name]
                elif answer is Answer.SKIP:
                    draft.skip = ON_PURPOSE
                elif answer is Answer.FAIL or (name, draft.references[name]) in self._created:
                    draft.faults.append(self._fault(name, draft, UNKNOWN_REFERENCE, "unknown_reference"))
            if draft.skip:
                settled.skips[draft.skip] += 1
            elif draft.faults:
                settled.faulty.append(draft)
            else:
                going_on.append(draft)
        self._created |= created
        return going_on

    def _waits(self, draft: Draft) -> bool:
        return any(self._references[name].field.references in self._may_wait for name in draft.references)

    def _create_missing(self, drafts: Sequence[Draft]) -> set[tuple[str, str]]:
        """Records that the plan says to create where a row names one that is not there: (field, text) of each."""
        created: set[tuple[str, str]] = set()
        for name, column in self._references.items():
            if column.plan.unknown is not Answer.CREATE:
                continue
            target = record_types[column.field.references]
            self._ctx.require(target.create_permission)
            texts = {text: None for draft in drafts if (text := draft.references.get(name)) and (name, text) not in self._created}
            # Two spellings of one name are one record: the next look finds it by either.
            by_key = {target.match_key("name", text): text for text in texts}
            insert_records(self._ctx, target, [target.build(self._ctx, {"name": text}) for text in by_key.values()], ["name"])
            created |= {(name, text) for text in texts}
        return created

    def _fault(self, name: str, draft: Draft, message: str, code: str) -> Fault:
        column = self._references[name]
        text = draft.references[name]
        label = str(record_types[column.field.references].label)
        return Fault(code, message, {"value": text, "record": label}, column.name, text)

    def _write_all(self, drafts: Sequence[Draft], settled: Settled) -> None:
        for meetings in _apart(self._meet(drafts, settled)):
            self._write_apart(meetings, settled)

    def _write_apart(self, meetings: Sequence[_Meeting], settled: Settled) -> None:
        done, refused = narrow(self._write, meetings)
        settled.created += sum(counts.created for counts in done)
        settled.updated += sum(counts.updated for counts in done)
        settled.unchanged += sum(counts.unchanged for counts in done)
        for one in refused:
            one.item.draft.faults.append(fault_of_error(one.error))
            settled.faulty.append(one.item.draft)

    def _meet(self, drafts: Sequence[Draft], settled: Settled) -> list[_Meeting]:
        """Which record each draft meets; drafts that meet several, or one out of reach, are faulty."""
        met = find_met(self._record, self._reader.match_by, drafts)
        changeable = changeable_rows(self._ctx, self._record, [row_id for row_ids in met.values() for row_id in row_ids])
        may_create = self._ctx.authority.reach(self._record.create_permission).everything
        meetings = []
        for draft in drafts:
            row_ids = met.get(draft.row, [])
            if len(row_ids) > 1:
                draft.faults.append(fault_of_error(KeyNotUnique(key=draft.key)))
            elif not row_ids and self._reader.lacking:
                draft.faults.append(lacking_fault(self._reader))
            elif (row_ids and changeable is not None and row_ids[0] not in changeable) or (not row_ids and not may_create):
                draft.faults.append(fault_of_error(RowOutsideReach()))
            if draft.faults:
                settled.faulty.append(draft)
            else:
                meetings.append(_Meeting(draft, row_ids[0] if row_ids else None))
        return meetings

    def _write(self, meetings: Sequence[_Meeting]) -> _Counts:
        """Insert and update; can be repeated after a rollback, since nothing is kept from one call to the next."""
        ctx, record = self._ctx, self._record
        assert ctx.change_log is not None
        position = ctx.change_log.position
        known = [row_id for _, row_id in meetings if row_id is not None]
        rows = {row.pk: row for row in record.model.objects.filter(pk__any_of=known)} if known else {}
        try:
            fresh = [record.build(ctx, draft.values) for draft, row_id in meetings if row_id is None]
            insert_records(ctx, record, fresh, self._reader.names)
            changes = [Change(rows[row_id], draft.values) for draft, row_id in meetings if row_id is not None]
            updated = len(update_records(ctx, record, changes)) if changes else 0
        except BaseException:
            ctx.change_log.position = position
            raise
        return _Counts(len(fresh), updated, len(changes) - updated)


def _apart(meetings: Sequence[_Meeting]) -> Iterator[list[_Meeting]]:
    """The meetings in their order, such that no two in one list meet the same record: what the later row says then stands."""
    rounds: list[list[_Meeting]] = []
    times: Counter[UUID] = Counter()
    for meeting in meetings:
        turn = 0
        if meeting.row_id is not None:
            turn = times[meeting.row_id]
            times[meeting.row_id] += 1
        if turn == len(rounds):
            rounds.append([])
        rounds[turn].append(meeting)
    yield from rounds


def lacking_fault(reader: DraftReader) -> Fault:
    """A new record would lack a field that it needs."""
    return Fault("value_missing", VALUE_MISSING, {"field": str(reader.lacking[0].label)})


def changeable_rows(ctx: Context, record: RecordType, row_ids: Sequence[UUID]) -> set[UUID] | None:
    """The rows the caller may change; None for all."""
    permission = record.change_permission
    if not row_ids or ctx.authority.reach(permission).everything:
        return None
    allowed = record.model.objects.filter(scope_filter(ctx, permission, record.model), pk__any_of=row_ids)
    return set(allowed.values_list("pk", flat=True))
