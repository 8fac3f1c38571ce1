"""Corrections and retention: what is asked for, no more, once, and gone on with after a kill."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tenure.kernel.errors import Invalid, NotFound
from tenure.stream import correcting
from tenure.stream.actions.cancel_correction import cancel_correction
from tenure.stream.actions.correct_events import correct_events
from tenure.stream.actions.drop_expired_events import drop_expired_events
from tenure.stream.actions.set_retention import set_retention
from tenure.stream.cataloguing import read_catalogue
from tenure.stream.errors_of_governance import (
    CorrectionChangesNothing,
    CorrectionFindsNothing,
    CorrectionNotRunning,
    CorrectionTakesEverything,
)
from tenure.stream.models import Correction, EventName, ReaderPosition, Tie
from tenure.stream.queries.corrections import Amendment, EventFilter, get_correction, preview_correction
from tenure.stream.readers import Window
from tenure.stream.retention import first_kept_month, list_old_months
from tenure.stream.store.property_columns import ensure_column
from tenure.stream.writer.known_ids import KnownIds
from tenure.stream.writer.recall import recall
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.models import AuditLine
from tenure.workspace.scope import enter
from tests.stream.world import counted, record

MARCH, APRIL, MAY = (datetime(2026, month, 10, 9, tzinfo=UTC) for month in (3, 4, 5))
ALL = 2**40


@pytest.fixture(autouse=True)
def everything_written(monkeypatch):
    """Events of tests lie beyond the real writer's position."""
    monkeypatch.setattr("tenure.stream.actions.correct_events.written_upto", lambda: ALL)


def _events(event_store, company, columns="name, properties"):
    statement = f"SELECT {columns} FROM events WHERE workspace = {{workspace:UUID}} ORDER BY time, name, properties"
    return event_store.rows(statement, workspace=company.workspace.pk)


def _done(company, correction):
    correcting.carry_out(company.owner.ctx, correction.pk)
    with enter(company.owner.ctx.scope):
        return Correction.objects.get(pk=correction.pk)


def _preview(company, wanted, amendment=None):
    with enter(company.owner.ctx.scope):
        return preview_correction(company.owner.ctx, wanted.frozen(), amendment, ALL)


def test_events_of_a_filter_are_deleted_and_no_others(acme, stranger, event_store):
    record(acme, "Tested", account="hollis", at=MARCH, count=3, bytes=5)
    record(acme, "Tested", account="hollis", at=MAY, count=2, bytes=7)
    record(acme, "Tested", account="brightwater", at=MAY, bytes=1)
    record(acme, "Opened", account="hollis", at=MAY)
    record(stranger, "Tested", account="hollis", at=MAY)
    wanted = EventFilter(name="Tested", subject="g:hollis")

    seen = _preview(acme, wanted)
    assert (seen.events, seen.months, seen.first_at, seen.last_at) == (5, [(202603, 3), (202605, 2)], MARCH, MAY)
    assert [(one.property, one.before, one.after) for one in seen.sums] == [("bytes", Decimal(29), Decimal(0))]
    done = _done(acme, correct_events(acme.owner.ctx, wanted, reason="A load test"))

    assert (done.state, done.events, done.corrected, done.done_months) == ("done", 5, 5, 2)
    assert _events(event_store, acme) == [("Tested", '{"bytes": 1}'), ("Opened", "{}")] or _events(event_store, acme) == [
        ("Opened", "{}"),
        ("Tested", '{"bytes": 1}'),
    ]
    assert counted(event_store, stranger.workspace.pk) == 1
    assert acme.event_types()[-2:] == ["stream.correction_asked", "stream.events_corrected"]
    with enter(acme.owner.ctx.scope):
        line = AuditLine.objects.get(action="stream.correct_events")
    assert (line.facts["reason"], line.facts["events"]) == ("A load test", 5)


def test_amended_properties_are_set_and_removed_and_meters_columns_follow(acme, event_store):
    assert ensure_column("bytes") == "p_bytes"
    record(acme, "Sent", account="hollis", at=MARCH, bytes=5, note='a "b" \\ c', exact="0.123456789012")
    record(acme, "Sent", account="hollis", at=MARCH, bytes=8, wrong=1)
    amendment = Amendment({"bytes": 2.5, "unit": 'GB "x"'}, ("wrong",))
    wanted = EventFilter(name="Sent", property="bytes", value="5")

    seen = _preview(acme, wanted, amendment)
    assert [(one.property, one.before, one.after) for one in seen.sums] == [
        ("bytes", Decimal(5), Decimal("2.5")),
        ("exact", Decimal("0.123456789012"), Decimal("0.123456789012")),
    ]
    done = _done(acme, correct_events(acme.owner.ctx, wanted, reason="Wrong unit", amendment=amendment))

    assert (done.state, done.events) == ("done", 1)
    rows = _events(event_store, acme, "p_bytes, properties")
    assert sorted((number, json.loads(text)) for number, text in rows) == [
        (Decimal("2.5"), {"note": 'a "b" \\ c', "exact": "0.123456789012", "bytes": 2.5, "unit": 'GB "x"'}),
        (Decimal(8), {"bytes": 8, "wrong": 1}),
    ]


def test_correction_that_was_killed_is_gone_on_with_and_a_finished_one_is_left_alone(acme, event_store, monkeypatch):
    for at in (MARCH, APRIL, MAY):
        record(acme, "Tested", account="hollis", at=at, count=4)
    correction = correct_events(acme.owner.ctx, EventFilter(name="Tested"), reason="A load test")
    real, months = correcting._correct_month, []

    def dies_in_april(ctx, row, month):
        real(ctx, row, month)
        months.append(month)
        if months == [202603, 202604]:
            raise KeyboardInterrupt

    monkeypatch.setattr(correcting, "_correct_month", dies_in_april)
    with pytest.raises(KeyboardInterrupt):
        correcting.carry_out(acme.owner.ctx, correction.pk)
    with enter(acme.owner.ctx.scope):
        assert (correction.refreshed().state, correction.refreshed().done_months) == ("running", 1)

    done = _done(acme, correction)
    again = _done(acme, correction)
    assert months == [202603, 202604, 202604, 202605]
    assert (done.state, done.corrected, again.finished_at) == ("done", 12, done.finished_at)
    assert counted(event_store, acme.workspace.pk) == 0
    assert acme.event_types().count("stream.events_corrected") == 1


def test_cancelled_correction_stops_between_months(acme, event_store):
    record(acme, "Tested", account="hollis", at=MARCH)
    correction = correct_events(acme.owner.ctx, EventFilter(name="Tested"), reason="A load test")
    cancel_correction(acme.owner.ctx, correction.pk)

    done = _done(acme, correction)
    assert (done.state, done.corrected, counted(event_store, acme.workspace.pk)) == ("cancelled", 0, 1)
    with pytest.raises(CorrectionNotRunning):
        cancel_correction(acme.owner.ctx, correction.pk)


def test_deleted_ids_stay_known_to_a_writer_that_starts_again(acme, event_store):
    record(acme, "Tested", account="hollis", count=3)
    hashes = event_store.columns("SELECT id_hash FROM events WHERE workspace = {workspace:UUID}", workspace=acme.workspace.pk)[
        "id_hash"
    ].to_numpy()
    _done(acme, correct_events(acme.owner.ctx, EventFilter(name="Tested"), reason="A load test"))
    assert counted(event_store, acme.workspace.pk) == 0

    known = KnownIds(1_000_000, 48 * 3600.0)
    recall(event_store.everywhere(), known, 48 * 3600.0, 1_000_000)
    assert known.find(hashes).tolist() == [True, True, True]


def test_events_of_an_account_are_those_of_its_subjects_while_they_were_tied(acme, event_store):
    account = acme.account("Hollis Logistics")
    with enter(acme.owner.ctx.scope):
        told = {"workspace": acme.workspace, "subject": "u:1", "made_at": MARCH, "reason": "member", "revision": 1}
        Tie.objects.create(account_id=account.pk, **told)
        Tie.objects.create(account_id=None, since_at=APRIL, **told)
    record(acme, "Opened", user="1", at=MARCH)
    record(acme, "Opened", user="1", at=MAY)
    record(acme, "Opened", user="2", at=MARCH)

    seen = _preview(acme, EventFilter(account=account.pk))
    assert (seen.events, seen.last_at) == (1, MARCH)


def test_catalogue_follows_a_correction(acme, event_store):
    record(acme, "Tested", account="hollis", at=MARCH, count=3)
    record(acme, "Tested", account="hollis", at=MAY, count=2)
    with enter(acme.owner.ctx.scope):
        read_catalogue(acme.owner.ctx, Window(acme.workspace.pk, 0, ALL))
        ReaderPosition.objects.create(workspace=acme.workspace, reader="catalogue", seq=ALL)
    _done(acme, correct_events(acme.owner.ctx, EventFilter(name="Tested", since=APRIL), reason="A load test"))

    with enter(acme.owner.ctx.scope):
        assert EventName.objects.get().volume == 3


def test_correction_needs_a_condition_a_reason_a_change_and_events(acme, event_store):
    ctx = acme.owner.ctx
    with pytest.raises(CorrectionTakesEverything):
        correct_events(ctx, EventFilter(), reason="x")
    with pytest.raises(Invalid):
        correct_events(ctx, EventFilter(name="Tested"), reason=" ")
    with pytest.raises(CorrectionFindsNothing):
        correct_events(ctx, EventFilter(ids=("it's", 'a "b" \\')), reason="x")
    with pytest.raises(CorrectionChangesNothing):
        correct_events(ctx, EventFilter(name="Tested"), reason="x", amendment=Amendment())


def test_viewer_corrects_nothing_and_a_stranger_sees_no_correction(acme, stranger, event_store):
    record(acme, "Tested", account="hollis", at=MARCH)
    correction = correct_events(acme.owner.ctx, EventFilter(name="Tested"), reason="A load test")

    with pytest.raises(PermissionMissing):
        correct_events(acme.viewer.ctx, EventFilter(name="Tested"), reason="x")
    with enter(stranger.owner.ctx.scope), pytest.raises(NotFound):
        get_correction(stranger.owner.ctx, correction.pk)


def test_months_beyond_the_retention_are_dropped_whole(acme, stranger, event_store, time_machine):
    time_machine.move_to("2026-06-15T12:00:00Z")
    for company in (acme, stranger):
        for at in (MARCH, APRIL, MAY):
            record(company, "Opened", account="hollis", at=at, count=2)
    set_retention(acme.owner.ctx, 1)
    with enter(acme.owner.ctx.scope):
        assert [(one.month, one.events) for one in list_old_months(acme.owner.ctx, 1)] == [(202603, 2), (202604, 2)]

    assert [drop_expired_events(acme.owner.ctx), drop_expired_events(acme.owner.ctx)] == [4, 0]
    assert (counted(event_store, acme.workspace.pk), counted(event_store, stranger.workspace.pk)) == (2, 6)
    assert acme.event_types()[-2:] == ["stream.retention_changed", "stream.events_expired"]


@pytest.mark.parametrize(
    ("today", "months", "first"),
    [("2026-06-15", 1, 202605), ("2026-01-31", 1, 202512), ("2026-01-01", 12, 202501), ("2026-12-31", 24, 202412)],
)
def test_first_kept_month_counts_whole_months_back(today, months, first):
    assert first_kept_month(datetime.fromisoformat(today).date(), months) == first


def test_retention_is_between_one_month_and_twenty_years_or_for_ever(acme):
    for wrong in (0, 241):
        with pytest.raises(Invalid):
            set_retention(acme.owner.ctx, wrong)
    set_retention(acme.owner.ctx, 12)
    assert set_retention(acme.owner.ctx, None).kept_months is None


def test_correction_of_an_account_without_ties_finds_nothing(acme, event_store):
    account = acme.account("Quiet GmbH")
    record(acme, "Opened", account="somebody-else", at=MARCH)

    found = _preview(acme, EventFilter(account=account.pk))

    assert (found.events, found.months) == (0, [])
