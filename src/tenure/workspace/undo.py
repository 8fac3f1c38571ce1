"""Taking a change set back, whatever it did: chunk by chunk from its last row to its first, with an outcome for every row.

Rule: DESIGN.md, "Change sets"; imports/README.md, "Undo".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import connection

from tenure.kernel.collecting import rare_collections
from tenure.workspace.action import part_of_action
from tenure.workspace.enums import ChangeKind, ChangeSetKind, ChangeSetState, UndoOutcome
from tenure.workspace.models import ChangeRow, ChangeSet
from tenure.workspace.reach import scope_filter
from tenure.workspace.records import (
    Change,
    RecordType,
    delete_records,
    narrow,
    record_types,
    referring_columns,
    restore_records,
    update_records,
)
from tenure.workspace.rows import CHUNK_ROWS, load_rows
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from tenure.workspace.context import Context

PERMISSION = "workspace.undo_change_set"
_TAKEN_BACK = (UndoOutcome.RESTORED, UndoOutcome.REVERSED)

# The change before the one taken back left the row as it now is again: it stands at the row's new version.
_HAND_VERSION_DOWN = """
UPDATE workspace_changerow AS earlier SET stands_at = taken.now_version
FROM unnest(%s::uuid[], %s::integer[], %s::integer[]) AS taken(row_id, was_version, now_version)
WHERE earlier.workspace_id = %s AND earlier.row_id = taken.row_id
  AND taken.was_version - 1 IN (earlier.row_version, earlier.stands_at)
"""

_CHANGED_SINCE = """
SELECT count(*) FROM (
  SELECT DISTINCT ON (row_id) row_id, coalesce(stands_at, row_version) AS left_at
  FROM workspace_changerow WHERE workspace_id = %s AND change_set_id = %s AND record = %s AND outcome = ''
  ORDER BY row_id, position DESC
) AS last JOIN "{table}" AS present ON present.id = last.row_id AND present.workspace_id = tenure_workspace()
WHERE present.version <> last.left_at
"""
FORECAST_ROWS = 100_000

Outcomes = dict[int, str]


@dataclass(frozen=True, slots=True)
class UndoForecast:
    """rows: that undo would meet. changed_since: records it would keep because they were changed since; None where nobody counted."""

    rows: int
    changed_since: int | None


def carry_out_undo(ctx: Context, change_set_id: UUID) -> None:
    """Take a change set back that is marked as being undone, a transaction a chunk, until nothing is left of it.

    Can be called again after a crash: it goes on where the last whole chunk ended.
    """
    with rare_collections():
        while True:
            with enter(ctx.scope), part_of_action():
                change_set = ChangeSet.objects.select_for_update().filter(pk=change_set_id, state=ChangeSetState.UNDOING).first()
                if change_set is None or not undo_chunk(ctx, change_set):
                    return


def undo_forecast(ctx: Context, change_set: ChangeSet) -> UndoForecast:
    """How many rows an undo would meet, and how many of their records were changed since (not counted above 100,000 rows)."""
    rows = ChangeRow.objects.filter(change_set=change_set, outcome="")
    count = rows[: FORECAST_ROWS + 1].count()
    if count > FORECAST_ROWS:
        return UndoForecast(change_set.created + change_set.updated + change_set.deleted, None)
    changed = 0
    for kind in set(rows.order_by().values_list("record", flat=True).distinct()):
        table = record_types[kind].model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(_CHANGED_SINCE.format(table=table), [ctx.workspace.pk, change_set.pk, kind])
            changed += cursor.fetchone()[0]
    return UndoForecast(count, changed)


def undo_chunk(ctx: Context, change_set: ChangeSet) -> bool:
    """Take back up to 5,000 rows in the present transaction; False when that was the last chunk, and the change set is undone."""
    rows = ChangeRow.objects.filter(change_set=change_set)
    if change_set.undo_below is not None:
        rows = rows.filter(position__lt=change_set.undo_below)
    chunk: list[ChangeRow] = load_rows(rows.order_by("-position")[:CHUNK_ROWS], leave_out={"after"})
    context = replace(ctx, change_log=None, is_backfill=change_set.kind != ChangeSetKind.EDIT)
    seen: set[UUID] = set()
    for alike in _alike(chunk):
        ids = {change.row_id for change in alike}
        if not seen.isdisjoint(ids):
            _read_again(change_set, alike)
        seen |= ids
        record = record_types[alike[0].record]
        if _may_take_back(ctx, change_set, record, alike[0].kind):
            _note(ctx, change_set, _UNDO[alike[0].kind](context, record, alike))
        else:
            _note(ctx, change_set, {change.position: UndoOutcome.KEPT_OUTSIDE for change in alike})
    now = ctx.now()
    change_set.heartbeat_at = now
    change_set.undo_below = chunk[-1].position if chunk else 0
    if len(chunk) < CHUNK_ROWS:
        change_set.state, change_set.undone_at, change_set.undone_by_id = ChangeSetState.UNDONE, now, ctx.actor.id
    change_set.save()
    return len(chunk) == CHUNK_ROWS


def _may_take_back(ctx: Context, change_set: ChangeSet, record: RecordType, kind: str) -> bool:
    """One's own work can always be taken back; somebody else's only by who could change such records themselves."""
    if (change_set.actor_kind, change_set.actor_id) == (ctx.actor.kind, ctx.actor.id):
        return True
    return ctx.holds(record.change_permission if kind in {ChangeKind.UPDATED, ChangeKind.FACT} else record.delete_permission)


def _alike(chunk: Sequence[ChangeRow]) -> Iterator[list[ChangeRow]]:
    """Runs of changes of one kind to one kind of record, no record twice, in the chunk's order."""
    run: list[ChangeRow] = []
    seen: set[UUID] = set()
    for change in chunk:
        if run and (change.record != run[0].record or change.kind != run[0].kind or change.row_id in seen):
            yield run
            run, seen = [], set()
        run.append(change)
        seen.add(change.row_id)
    if run:
        yield run


def _read_again(change_set: ChangeSet, changes: Sequence[ChangeRow]) -> None:
    """Where rows stand whose later change in the same chunk was just taken back."""
    positions = [change.position for change in changes]
    standing = dict(
        ChangeRow.objects.filter(change_set=change_set, position__any_of=positions).values_list("position", "stands_at")
    )
    for change in changes:
        change.stands_at = standing[change.position]


def _note(ctx: Context, change_set: ChangeSet, outcomes: Outcomes) -> None:
    """Write each row's outcome down, and count."""
    by_outcome: dict[str, list[int]] = {}
    for position, outcome in outcomes.items():
        by_outcome.setdefault(outcome, []).append(position)
    rows = ChangeRow.objects.filter(workspace_id=ctx.workspace.pk, change_set=change_set)
    for outcome, positions in by_outcome.items():
        low, high = min(positions), max(positions)
        # As a rule all rows of a chunk come to the same: one range of the key, instead of a look-up of each.
        is_range = high - low + 1 == len(positions)
        among = {"position__range": (low, high)} if is_range else {"position__any_of": positions}
        rows.filter(**among).update(outcome=outcome)
    taken_back = sum(outcome in _TAKEN_BACK for outcome in outcomes.values())
    change_set.undone += taken_back
    change_set.kept += len(outcomes) - taken_back


def _undo_created(ctx: Context, record: RecordType, changes: Sequence[ChangeRow]) -> Outcomes:
    """New rows are deleted, unless they were changed since or others refer to them."""
    outcomes, standing = _standing(ctx, record, changes, deleted=False, leave_out={"created_at", "updated_at"})
    referred = _referred(record, {change.row_id for change, _ in standing})
    free = [(change, row) for change, row in standing if change.row_id not in referred]
    outcomes |= {change.position: UndoOutcome.KEPT_REFERRED for change, _ in standing if change.row_id in referred}
    return outcomes | _settle(lambda pairs: delete_records(ctx, record, [row for _, row in pairs]), free)


def _undo_updated(ctx: Context, record: RecordType, changes: Sequence[ChangeRow]) -> Outcomes:
    """Changed rows get the values they had."""
    outcomes, standing = _standing(ctx, record, changes, deleted=False)

    def put_back(pairs: Sequence[tuple[ChangeRow, Any]]) -> None:
        fresh = pairs if pairs is standing else _fresh(record, pairs)
        update_records(ctx, record, [Change(row, _typed(ctx, record, change.before)) for change, row in fresh])
        _hand_version_down(ctx, fresh)

    return outcomes | _settle(put_back, standing)


def _undo_deleted(ctx: Context, record: RecordType, changes: Sequence[ChangeRow]) -> Outcomes:
    """Deleted rows come back."""
    outcomes, standing = _standing(ctx, record, changes, deleted=True)

    def bring_back(pairs: Sequence[tuple[ChangeRow, Any]]) -> None:
        fresh = pairs if pairs is standing else _fresh(record, pairs)
        restore_records(ctx, record, [row for _, row in fresh])
        _hand_version_down(ctx, fresh)

    return outcomes | _settle(bring_back, standing)


def _undo_facts(ctx: Context, record: RecordType, changes: Sequence[ChangeRow]) -> Outcomes:
    """Facts of ledgers are closed by reversing entries."""
    done, refused = narrow(lambda facts: record.reverse(ctx, facts), changes)
    del done
    outcomes: Outcomes = {change.position: UndoOutcome.REVERSED for change in changes}
    return outcomes | {one.item.position: UndoOutcome.KEPT_CONFLICT for one in refused}


_UNDO: dict[str, Callable[[Context, RecordType, Sequence[ChangeRow]], Outcomes]] = {
    ChangeKind.CREATED: _undo_created,
    ChangeKind.UPDATED: _undo_updated,
    ChangeKind.DELETED: _undo_deleted,
    ChangeKind.FACT: _undo_facts,
}


def _standing(
    ctx: Context, record: RecordType, changes: Sequence[ChangeRow], *, deleted: bool, leave_out: Collection[str] = ()
) -> tuple[Outcomes, list[tuple[ChangeRow, Any]]]:
    """The changes whose row stands as they left it, with the row; and what becomes of the others.

    leave_out: columns that are read only where a rule asks for them.
    """
    ids = [change.row_id for change in changes]
    rows = {row.id: row for row in load_rows(record.model.everything.filter(pk__any_of=ids), leave_out=leave_out)}
    within = _within_reach(ctx, record, ids)
    outcomes: Outcomes = {}
    standing = []
    for change in changes:
        row = rows.get(change.row_id)
        if row is None or (row.is_deleted and not deleted):
            # What it made is gone already.
            outcomes[change.position] = UndoOutcome.RESTORED if change.kind == ChangeKind.CREATED else UndoOutcome.KEPT_CHANGED
        elif within is not None and row.pk not in within:
            outcomes[change.position] = UndoOutcome.KEPT_OUTSIDE
        elif row.version != change.left_at or row.is_deleted != deleted:
            outcomes[change.position] = UndoOutcome.KEPT_CHANGED
        else:
            standing.append((change, row))
    return outcomes, standing


def _within_reach(ctx: Context, record: RecordType, ids: Sequence[UUID]) -> set[UUID] | None:
    """The rows on which the caller may undo; None for all."""
    if ctx.authority.reach(PERMISSION).everything:
        return None
    allowed = record.model.everything.filter(scope_filter(ctx, PERMISSION, record.model), pk__any_of=ids)
    return set(allowed.values_list("pk", flat=True))


def _settle(work: Callable[[Sequence[tuple[ChangeRow, Any]]], None], pairs: Sequence[tuple[ChangeRow, Any]]) -> Outcomes:
    _done, refused = narrow(work, pairs)
    outcomes: Outcomes = {change.position: UndoOutcome.RESTORED for change, _ in pairs}
    return outcomes | {one.item[0].position: UndoOutcome.KEPT_CONFLICT for one in refused}


def _referred(record: RecordType, ids: set[UUID]) -> set[UUID]:
    """Those of `ids` that living records refer to which do not go with them; and what those refer to in turn."""
    pointing: list[tuple[UUID, UUID]] = []
    for other, column in referring_columns(record):
        found = other.model.objects.filter(**{f"{column}__any_of": ids}).values_list("pk", column)
        pointing.extend(found)
    kept: set[UUID] = set()
    while more := {target for source, target in pointing if target not in kept and (source not in ids or source in kept)}:
        kept |= more
    return kept


def _fresh(record: RecordType, pairs: Sequence[tuple[ChangeRow, Any]]) -> list[tuple[ChangeRow, Any]]:
    """The pairs with rows as the database has them: a refused attempt has changed those in memory."""
    rows = {row.pk: row for row in record.model.everything.filter(pk__any_of=[row.pk for _, row in pairs])}
    return [(change, rows[change.row_id]) for change, _ in pairs]


def _typed(ctx: Context, record: RecordType, before: dict[str, Any] | None) -> dict[str, Any]:
    return {name: record.typed_value(ctx, name, value) for name, value in (before or {}).items()}


def _hand_version_down(ctx: Context, pairs: Sequence[tuple[ChangeRow, Any]]) -> None:
    taken = [(change.row_id, change.row_version, row.version) for change, row in pairs]
    columns = [list(column) for column in zip(*taken, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_HAND_VERSION_DOWN, [*columns, ctx.workspace.pk])
