"""The relay under kills: of its process, of NATS, of one server of three. Every consumer sees every event once in effect."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tenure.stream.relay.publisher import NAME
from tenure.stream.relay.running import running_relay
from tests.conftest import DATABASE
from tests.fixtures_nats import own_nats
from tests.nats_cluster import running_cluster
from tests.stream.test_relay import Effects, behind, create, only, under_kills, until  # noqa: F401 - a fixture
from tests.world import open_company

RELAY = Path(__file__).with_name("relay_process.py")
EFFECTS = "SELECT subject_id FROM workspace_auditline WHERE action = %s AND workspace_id = %s ORDER BY id"


@pytest.mark.parametrize("kills", [2, pytest.param(25, marks=[pytest.mark.faults, pytest.mark.timeout(600)])])
def test_relay_process_killed_in_the_middle_repeats_and_loses_nothing(committed_db, streams, postgres_server, kills):
    chance = random.Random(kills)
    companies = [open_company(name) for name in ("Acme", "Brandt")]
    wanted: dict[object, list[object]] = defaultdict(list)
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            for company in companies:
                wanted[company.workspace.pk] += create(company, 1)
            time.sleep(0.01)
        connection.close()

    writing = threading.Thread(target=write)
    writing.start()
    for _ in range(kills):
        process = start_relay(postgres_server, streams.url)
        time.sleep(chance.uniform(0.1, 1.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
    stop.set()
    writing.join()
    process = start_relay(postgres_server, streams.url)

    def seen(name: str) -> dict[object, list[object]]:
        with psycopg.connect(postgres_server.superuser_url(DATABASE)) as database:
            return {pk: [key for (key,) in database.execute(EFFECTS, [name, pk])] for pk in wanted}

    try:
        for name in ("one", "two"):
            until(lambda name=name: sum(map(len, seen(name).values())) >= sum(map(len, wanted.values())))
    finally:
        process.terminate()
        process.wait()
    assert (seen("one"), seen("two")) == (wanted, wanted)


@pytest.mark.faults
@pytest.mark.timeout(600)
def test_nats_killed_twenty_times_under_load_loses_and_repeats_nothing(committed_db, only):
    effects, others = Effects(), Effects("others")
    only(effects, others)
    acme, brandt = open_company("Acme"), open_company("Brandt")
    with own_nats() as server, running_relay():
        wanted = under_kills(server, acme, brandt, kills=20)
        until(lambda: [len(one.of(company)) for one in (effects, others) for company in (acme, brandt)] >= counts(wanted) * 2)
        until(lambda: behind(NAME) == [])
    for one in (effects, others):
        assert {company.workspace.pk: one.of(company) for company in (acme, brandt)} == wanted


@pytest.mark.faults
@pytest.mark.timeout(300)
def test_cluster_of_three_loses_one_while_events_flow(committed_db, only, settings):
    effects = Effects()
    only(effects)
    acme, brandt = open_company("Acme"), open_company("Brandt")
    wanted: dict[object, list[object]] = defaultdict(list)
    with running_cluster() as cluster:
        settings.NATS_URL, settings.NATS_REPLICAS = cluster.url, 3
        with running_relay():
            write_some(wanted, acme, brandt)
            until(lambda: effects.of(acme) == wanted[acme.workspace.pk] and behind(NAME) == [])
            for victim in (0, 1):
                for _ in range(20):
                    write_some(wanted, acme, brandt)
                cluster.servers[victim].kill()
                for _ in range(40):
                    write_some(wanted, acme, brandt)
                    time.sleep(0.05)
                until(lambda: [len(effects.of(company)) for company in (acme, brandt)] == counts(wanted))
                until(lambda: behind(NAME) == [])
                cluster.servers[victim].start()
                time.sleep(3)
            until(lambda: behind(NAME) == [])
    assert {company.workspace.pk: effects.of(company) for company in (acme, brandt)} == wanted


def counts(wanted: dict[object, list[object]]) -> list[int]:
    return [len(keys) for keys in wanted.values()]


def write_some(wanted: dict[object, list[object]], *companies) -> None:
    for company in companies:
        wanted[company.workspace.pk] += create(company, 1)


def start_relay(postgres_server, nats_url: str) -> subprocess.Popen[str]:
    environ = {
        **os.environ,
        "TENURE_DATABASE_URL": postgres_server.app_url(DATABASE),
        "TENURE_OWNER_DATABASE_URL": postgres_server.owner_url(DATABASE),
        "TENURE_NATS_URL": nats_url,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    process = subprocess.Popen(
        [sys.executable, str(RELAY)], env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    while process.stdout.readline().strip() != "relaying":
        assert process.poll() is None
    threading.Thread(target=process.stdout.read, daemon=True).start()
    return process
