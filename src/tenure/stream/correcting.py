"""Corrections carried out: month by month, each month's change repeatable, so that a kill at any point is gone on from.

Every statement names the workspace and reaches up to the store's number at which the correction was asked for; what is corrected already
passes no more or becomes the same again. Ids of deleted events stay known (deleted_ids), so that sending them again does not bring them back.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tenure.stream.cataloguing import recount_names
from tenure.stream.enums_of_governance import CorrectionKind, WorkState
from tenure.stream.errors_of_governance import CorrectionFailed
from tenure.stream.events_of_governance import EventsCorrected
from tenure.stream.ingest.instants import read_instant
from tenure.stream.models import Correction
from tenure.stream.queries.corrections import AMENDED, MOST_NAMES, Amendment, EventFilter
from tenure.stream.store.client import event_store
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context

POLL_SECONDS = 0.1
LONGEST_POLL_SECONDS = 2.0
_KNOWN = """
INSERT INTO deleted_ids (workspace, id_hash, received_at)
SELECT workspace, id_hash, received_at FROM events WHERE workspace = {{workspace:UUID}}{conditions} AND toYYYYMM(time) = {month}"""
# It is waited for by its mark (_wait), so that a failure is told and a killed wait is gone on with.
_MARKED = "WHERE workspace = {{workspace:UUID}}{conditions} AND {{mark:String}} != '' SETTINGS mutations_sync = 0"
_DELETE = "ALTER TABLE events DELETE IN PARTITION ({{workspace:UUID}}, {month}) " + _MARKED
_AMEND = "ALTER TABLE events UPDATE properties = {amended} IN PARTITION ({{workspace:UUID}}, {month}) " + _MARKED
# Of two workers at once each waits for both.
_PENDING = """
SELECT mutation_id, latest_fail_reason FROM system.mutations
WHERE database = currentDatabase() AND table = 'events' AND NOT is_done AND NOT is_killed AND position(command, {mark:String}) > 0"""
_KILL = "KILL MUTATION WHERE database = currentDatabase() AND table = 'events' AND position(command, {mark:String}) > 0"


def carry_out(ctx: Context, correction_id: UUID) -> None:
    """Do what is left of a correction. Idempotent: one that has ended is left alone. Raises StoreUnavailable, to be tried again."""
    while (correction := _next_month(ctx, correction_id)) is not None:
        month = correction.months[correction.done_months][0]
        try:
            _correct_month(ctx, correction, month)
        except CorrectionFailed as failed:
            _finish(ctx, correction_id, WorkState.FAILED, str(failed))
            return
        with enter(ctx.scope):
            done = correction.done_months
            Correction.objects.filter(pk=correction_id, done_months=done).update(done_months=done + 1)


def _next_month(ctx: Context, correction_id: UUID) -> Correction | None:
    """The correction where a month of it is left to do; else it is ended."""
    with enter(ctx.scope):
        correction: Correction | None = Correction.objects.select_for_update().filter(pk=correction_id).first()
        if correction is None or not correction.is_under_way:
            return None
        is_left = correction.done_months < len(correction.months)
        if is_left and correction.state != WorkState.CANCELLING:
            if correction.state == WorkState.WAITING:
                correction.state = WorkState.RUNNING
                correction.save(update_fields=["state"])
            return correction
    _finish(ctx, correction_id, WorkState.CANCELLED if is_left else WorkState.DONE)
    return None


def _correct_month(ctx: Context, correction: Correction, month: int) -> None:
    conditions, given = EventFilter.from_json(correction.wanted).conditions(correction.upto)
    given |= {"workspace": ctx.workspace.pk}
    store = event_store()
    mark = f"{correction.pk}/{month}"
    if correction.kind == CorrectionKind.DELETE:
        store.command(_KNOWN.format(conditions=conditions, month=int(month)), **given)
        statement = _DELETE.format(conditions=conditions, month=int(month))
    else:
        given |= Amendment(correction.amended, tuple(correction.removed)).parameters()
        statement = _AMEND.format(conditions=conditions, month=int(month), amended=AMENDED)
    store.command(statement, **given, mark=mark)
    _wait(mark)


def _wait(mark: str) -> None:
    """Until the store has done it in every part. Raises CorrectionFailed."""
    store, pause = event_store(), POLL_SECONDS
    while pending := store.rows(_PENDING, mark=mark):
        failed = [reason for _key, reason in pending if reason]
        if failed:
            store.command(_KILL, mark=mark)
            raise CorrectionFailed(failed[0][:500])
        time.sleep(pause)
        pause = min(LONGEST_POLL_SECONDS, pause * 1.5)


def _finish(ctx: Context, correction_id: UUID, state: WorkState, failure: str = "") -> None:
    """End it, count the catalogue again and tell whoever keeps sums, all at once."""
    with enter(ctx.scope):
        correction = Correction.objects.select_for_update().get(pk=correction_id)
        if not correction.is_under_way:
            return
        correction.state, correction.failure, correction.finished_at = state, failure, ctx.now()
        correction.save(update_fields=["state", "failure", "finished_at"])
        # A month that failed half way may have changed too.
        if correction.done_months or state == WorkState.FAILED:
            recount_names(ctx)
            ctx.emit(_corrected(correction))


def _corrected(correction: Correction) -> EventsCorrected:
    preview = correction.preview
    names = preview.get("names", ())
    return EventsCorrected(
        correction.pk,
        None,
        None,
        kind=correction.kind,
        events=correction.corrected,
        # A preview lists no more names than that: then any may have changed.
        names=tuple(name for name, _ in names) if len(names) < MOST_NAMES else (),
        first_at=read_instant(preview.get("first_at") or ""),
        last_at=read_instant(preview.get("last_at") or ""),
    )
