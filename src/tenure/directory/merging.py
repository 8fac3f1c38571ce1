"""Two records become one: what refers to the one that goes is re-pointed, and a change set can take all of it back.

The loser keeps its row, deleted, with `merged_into`. Records that refer to it are found through the record types (a reference, or
what they belong to); other tables through `register_follower`. Rule: DESIGN.md, "The stage ledger" and "Change sets".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.workspace.change_sets import finish_change_set, start_change_set
from tenure.workspace.enums import ChangeKind, ChangeSetKind
from tenure.workspace.models import ChangeRow, ChangeSet
from tenure.workspace.records import Change, delete_records, referring_columns, update_records
from tenure.workspace.records.log import Touched
from tenure.workspace.rows import CHUNK_ROWS

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.records import RecordType

# (ctx, from, to, only these rows or all) to the ids of the rows moved.
Follower = Callable[["Context", UUID, UUID, "Collection[UUID] | None"], list[UUID]]

_followers: dict[str, dict[str, Follower]] = {}


def register_follower(record: str, name: str, follow: Follower) -> None:
    """Have rows of a table that is no record (a ledger, a projection) follow when records of type `record` are merged.

    follow(ctx, source, target, ids) moves the rows from one to the other, all of them or only `ids`, and gives the ids it moved: undo
    calls it the other way round with those.
    """
    _followers.setdefault(record, {})[name] = follow


def merge_records(
    ctx: Context,
    record: RecordType,
    winner: Any,  # noqa: ANN401
    loser: Any,  # noqa: ANN401
    *,
    untaken: Collection[str] = (),
    prepare: Callable[[Context], None] | None = None,
) -> ChangeSet:
    """Merge the locked `loser` into the locked `winner`, as one change set.

    The winner keeps what it says; where it says nothing it takes what the loser said, but for the fields `untaken`. Lists are joined.
    prepare: further changes of the record's own kind, made first.
    """
    change_set, log = start_change_set(ctx, ChangeSetKind.MERGE, title=f"{loser} → {winner}")
    within = ctx.within(log)
    taken = _taken(ctx, record, winner, loser, untaken)
    if prepare is not None:
        prepare(within)
    moved = _repoint(within, record, loser.pk, winner.pk)
    _move_followers(within, record, loser.pk, winner.pk)
    loser = record.model.objects.get(pk=loser.pk)
    update_records(within, record, [Change(loser, {"merged_into_id": winner.pk})])
    delete_records(within, record, [loser])
    update_records(within, record, [Change(record.model.objects.get(pk=winner.pk), taken)] if taken else [])
    finish_change_set(ctx, change_set, updated=moved + bool(taken), deleted=1)
    ctx.audit(winner, merged=str(loser.pk), change_set=str(change_set.pk), moved=moved)
    return change_set


def move_back(ctx: Context, record: RecordType, facts: Sequence[ChangeRow]) -> None:
    """Undo's part for followers: each goes back to where its change row says it came from."""
    for fact in facts:
        said = fact.before or {}
        follow = _followers[record.name][said["follower"]]
        follow(ctx, UUID(said["winner"]), UUID(said["loser"]), [UUID(key) for key in said["rows"]])


def count_referring(record: RecordType, key: UUID) -> list[tuple[RecordType, int]]:
    """How many living records of each kind would be re-pointed."""
    counted: dict[str, tuple[RecordType, int]] = {}
    for other, column in referring_columns(record):
        count = other.model.objects.filter(**{column: key}).count()
        counted[other.name] = (other, counted.get(other.name, (other, 0))[1] + count)
    return [(other, count) for other, count in counted.values() if count]


def _repoint(ctx: Context, record: RecordType, loser: UUID, winner: UUID) -> int:
    """Every living record that refers to the loser refers to the winner; how many."""
    moved = 0
    for other, column in referring_columns(record):
        name = next((field.name for field in other.fields if other.column_of(field.name) == column), column)
        while rows := list(other.model.objects.filter(**{column: loser}).exclude(pk=winner).order_by("pk")[:CHUNK_ROWS]):
            update_records(ctx, other, [Change(row, {name: winner}) for row in rows])
            moved += len(rows)
    return moved


def _move_followers(ctx: Context, record: RecordType, loser: UUID, winner: UUID) -> None:
    for name, follow in _followers.get(record.name, {}).items():
        ids = follow(ctx, loser, winner, None)
        if ctx.change_log is not None and ids:
            chunks = [ids[start : start + CHUNK_ROWS] for start in range(0, len(ids), CHUNK_ROWS)]
            said = [
                {"follower": name, "loser": str(loser), "winner": str(winner), "rows": [str(key) for key in chunk]}
                for chunk in chunks
            ]
            ctx.change_log.write(
                ctx.workspace.pk, record.name, ChangeKind.FACT, [Touched(loser, 0, facts, None) for facts in said]
            )


def _taken(ctx: Context, record: RecordType, winner: Any, loser: Any, untaken: Iterable[str]) -> dict[str, Any]:  # noqa: ANN401
    """What the winner does not say and the loser does; lists joined."""
    names = [field.name for field in record.fields_for(ctx) if field.name not in set(untaken)]
    ours, theirs = record.read_values(ctx, [winner, loser], names)
    taken = {name: theirs[name] for name in names if _is_blank(ours[name]) and not _is_blank(theirs[name])}
    return taken | _joined(ours, theirs)


def _joined(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    lists = [name for name, value in ours.items() if isinstance(value, list) and set(theirs[name] or ()) - set(value)]
    return {name: sorted({*ours[name], *theirs[name]}) for name in lists}


def _is_blank(value: object) -> bool:
    return value is None or value is False or value in ("", [])
