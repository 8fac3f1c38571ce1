"""kill -9 in the middle of corrections and replays: when they are run again they end with exactly the right rows, nothing twice."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
from django.conf import settings

from tenure.stream.actions.correct_events import correct_events
from tenure.stream.actions.create_source import create_source
from tenure.stream.actions.plan_event import plan_event
from tenure.stream.actions.retire_event import retire_event
from tenure.stream.actions.start_replay import start_replay
from tenure.stream.enums_of_governance import WorkState
from tenure.stream.ingest.sources import digest_of
from tenure.stream.models import Correction, RefusalMark, Replay, Source
from tenure.stream.queries.corrections import Amendment, EventFilter
from tenure.stream.queries.refusals import RefusalFilter, count_refusals
from tenure.stream.queries.sources import as_ingest_knows_it
from tenure.workspace.scope import enter
from tests.conftest import DATABASE
from tests.stream.serving import live_ingest
from tests.stream.world import counted, record, wait_for
from tests.world import open_company

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

JOB = Path(__file__).with_name("job_process.py")
MONTHS, TESTED, OPENED = 12, 200, 30
ALL = 2**40
REFUSED = 3_000
PER_POST = 500


@pytest.fixture
def run_killed(postgres_server):
    """Run a job again and again, killed at random moments, until it ends by itself; returns how many kills it lived through."""

    def run(company, kind: str, row, chance: random.Random) -> int:
        kills = 0
        while True:
            process = _start(postgres_server, kind, str(company.workspace.pk), str(row.pk))
            try:
                process.wait(chance.uniform(0.02, 0.5) if kills < 8 else 60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                kills += 1
            else:
                assert process.returncode == 0
                return kills
            finally:
                process.stdout.close()

    return run


@pytest.fixture
def company(committed_db, nats_server, store_server, monkeypatch):
    # Events of tests lie beyond the real writer's position.
    monkeypatch.setattr("tenure.stream.actions.correct_events.written_upto", lambda: ALL)
    return open_company("Acme")


def test_deletion_killed_again_and_again_takes_what_was_meant_and_no_more(company, run_killed, event_store):
    _record_months(company)

    correction = correct_events(company.owner.ctx, EventFilter(name="Tested"), reason="A load test")
    kills = run_killed(company, "correcting", correction, random.Random(4))

    assert kills > 0
    assert _names(event_store, company) == [("Opened", MONTHS * OPENED, 0)]
    known = "SELECT uniqExact(id_hash) FROM deleted_ids WHERE workspace = {workspace:UUID}"
    assert event_store.rows(known, workspace=company.workspace.pk) == [(MONTHS * TESTED,)]
    assert _ended(company, Correction, correction).done_months == MONTHS
    assert company.event_types().count("stream.events_corrected") == 1


def test_amendment_killed_again_and_again_changes_each_event_once(company, run_killed, event_store):
    _record_months(company)

    correction = correct_events(
        company.owner.ctx, EventFilter(name="Tested"), reason="Wrong unit", amendment=Amendment({"bytes": 7}, ("note",))
    )
    kills = run_killed(company, "correcting", correction, random.Random(5))

    assert kills > 0
    assert _names(event_store, company) == [("Opened", MONTHS * OPENED, 0), ("Tested", MONTHS * TESTED, 7 * MONTHS * TESTED)]
    noted = "SELECT count() FROM events WHERE workspace = {workspace:UUID} AND JSONHas(properties, 'note')"
    assert event_store.rows(noted, workspace=company.workspace.pk) == [(0,)]
    assert _ended(company, Correction, correction).done_months == MONTHS
    assert company.event_types().count("stream.events_corrected") == 1


def test_replay_killed_again_and_again_counts_each_call_once(company, run_killed, event_store):
    ctx = company.owner.ctx
    _refuse(company)

    replay = start_replay(ctx, RefusalFilter(code="plan_event_retired"))
    kills = run_killed(company, "replay_runs", replay, random.Random(6))

    assert kills > 0
    wait_for(lambda: counted(event_store, company.workspace.pk), REFUSED)
    time.sleep(1)
    assert counted(event_store, company.workspace.pk) == REFUSED
    ended = _ended(company, Replay, replay)
    assert (ended.total, ended.done, ended.accepted) == (REFUSED, REFUSED, REFUSED)
    with enter(ctx.scope):
        assert RefusalMark.objects.count() == REFUSED


def _record_months(company) -> None:
    for month in range(1, MONTHS + 1):
        at = datetime(2025, month, 10, 9, tzinfo=UTC)
        record(company, "Tested", account="hollis", at=at, count=TESTED, bytes=5, note="x")
        record(company, "Opened", account="hollis", at=at, count=OPENED)


def _names(event_store, company) -> list[tuple[str, int, int]]:
    """Of each name how many events there are, and the sum of their bytes."""
    statement = """SELECT name, count(), sum(JSONExtractInt(properties, 'bytes')) FROM events
        WHERE workspace = {workspace:UUID} GROUP BY name ORDER BY name"""
    return event_store.rows(statement, workspace=company.workspace.pk)


def _refuse(company) -> None:
    """Calls that are refused while their event is retired, and would be taken now."""
    ctx = company.owner.ctx
    _source, key = create_source(ctx, "API server")
    row = plan_event(ctx, "Old", mode="block")
    retire_event(ctx, row.pk)
    with enter(ctx.scope):
        known = {digest_of(key): as_ingest_knows_it(Source.objects.get())}
    with live_ingest(known) as live:
        for first in range(0, REFUSED, PER_POST):
            calls = [
                {"type": "track", "messageId": f"m-{number}", "userId": "u1", "event": "Old"}
                for number in range(first, first + PER_POST)
            ]
            answer = requests.post(f"{live.url}/v1/batch", json={"batch": calls}, auth=(key, ""), timeout=30)
            assert answer.status_code == 400
    with enter(ctx.scope):
        wait_for(lambda: count_refusals(ctx, RefusalFilter()), REFUSED)
    plan_event(ctx, "Old")


def _ended(company, model, row):
    with enter(company.owner.ctx.scope):
        ended = model.objects.get(pk=row.pk)
    assert ended.state == WorkState.DONE
    return ended


def _start(postgres_server, *arguments: str) -> subprocess.Popen[str]:
    environ = {
        **os.environ,
        "TENURE_DATABASE_URL": postgres_server.app_url(DATABASE),
        "TENURE_OWNER_DATABASE_URL": postgres_server.owner_url(DATABASE),
        "TENURE_NATS_URL": settings.NATS_URL,
        "TENURE_NATS_REPLICAS": str(settings.NATS_REPLICAS),
        "TENURE_STREAM_MAX_GB": "1",
        "TENURE_CLICKHOUSE_URL": settings.CLICKHOUSE_URL,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    process = subprocess.Popen([sys.executable, str(JOB), *arguments], env=environ, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "working\n"
    return process
