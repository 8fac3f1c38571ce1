"""`tenure up` and its kin, for real: started, killed, backed up, restored, upgraded."""

import http.client
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tenure.config.cli.database_checks import Level, app_role_findings, fence_findings
from tenure.config.embedded import roles
from tenure.config.embedded.nats import EmbeddedNats
from tenure.config.embedded.nats_settings import read_place
from tenure.config.embedded.postgres import EmbeddedPostgres
from tests.config.running import ANSWER_SECONDS, RunningTenure, new_tenure
from tests.fixtures_server import PostgresServer

READY = "Tenure is ready: http://localhost:{port}  (Ctrl-C stops it)\n"
COUNT = "SELECT count(*) FROM kept"


@pytest.fixture
def tenure() -> Iterator[RunningTenure]:
    with new_tenure() as running:
        yield running


def test_up_serves_refuses_a_second_and_stops_on_a_signal(tenure: RunningTenure) -> None:
    assert tenure.up() == READY.format(port=tenure.port)
    assert _answers(tenure.port) is True

    second = tenure.run("up")
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr.startswith("Tenure already runs from this folder (process ")
    findings = json.loads(tenure.run("doctor", "--json").stdout)
    assert [finding for finding in findings if finding["level"] == "problem"] == []
    assert [finding["found"] for finding in findings if finding["subject"] == "stream"][1].endswith(" answers")

    assert tenure.stop() == 0
    assert (EmbeddedPostgres(tenure.home).is_running, EmbeddedNats(tenure.home).is_running) == (False, False)
    assert _answers(tenure.port) is False


def test_up_killed_starts_again_with_nothing_lost(tenure: RunningTenure) -> None:
    tenure.up()
    _fill(EmbeddedPostgres(tenure.home).url(roles.OWNER_ROLE))

    tenure.kill()

    assert tenure.up() == READY.format(port=tenure.port)
    assert _count(EmbeddedPostgres(tenure.home).url(roles.OWNER_ROLE)) == 3
    assert tenure.stop() == 0


def test_up_starts_again_what_was_killed_under_it(tenure: RunningTenure) -> None:
    tenure.up()
    web, server = tenure.child_of("web_process"), EmbeddedPostgres(tenure.home).process_id
    stream, place = EmbeddedNats(tenure.home).process_id, read_place(tenure.home)
    assert server is not None
    assert stream is not None

    os.kill(web, signal.SIGKILL)
    os.kill(server, signal.SIGKILL)
    os.kill(stream, signal.SIGKILL)

    _wait_until(lambda: EmbeddedPostgres(tenure.home).process_id not in {None, server})
    _wait_until(lambda: EmbeddedNats(tenure.home).process_id not in {None, stream})
    assert read_place(tenure.home) == place
    _wait_until(lambda: _answers(tenure.port))
    assert tenure.child_of("web_process") != web
    assert tenure.stop() == 0


def test_restore_brings_back_rows_files_and_the_secret_key(tenure: RunningTenure, tmp_path: Path) -> None:
    tenure.up()
    _fill(EmbeddedPostgres(tenure.home).url(roles.OWNER_ROLE))
    (tenure.home / "files/contract.pdf").write_bytes(b"%PDF")
    assert tenure.run("backup", str(tmp_path / "b.tar")).returncode == 0
    assert tenure.run("restore", "--replace", str(tmp_path / "b.tar")).stderr.startswith("Tenure already runs")
    tenure.stop()
    elsewhere = RunningTenure(tenure.home.parent / "elsewhere", tenure.port)

    restored = elsewhere.run("restore", str(tmp_path / "b.tar"))
    again = elsewhere.run("restore", str(tmp_path / "b.tar"))

    assert restored.stdout.startswith("Restored: the state of ")
    assert (again.returncode, again.stderr.strip().endswith("Add --replace to give them up.")) == (1, True)
    assert elsewhere.run("restore", "--replace", str(tmp_path / "b.tar")).returncode == 0
    assert (elsewhere.home / "files/contract.pdf").read_bytes() == b"%PDF"
    keys = [json.loads((home / "keys.json").read_text()) for home in (tenure.home, elsewhere.home)]
    assert keys[0]["secret_key"] == keys[1]["secret_key"]
    with EmbeddedPostgres(elsewhere.home) as server, psycopg.connect(server.url()) as app:
        assert app.execute(COUNT).fetchone() == (3,)
        assert [finding.level for finding in app_role_findings(app)] == [Level.OK]


def test_upgrade_that_fails_leaves_the_old_state(tenure: RunningTenure) -> None:
    with EmbeddedPostgres(tenure.home) as server, psycopg.connect(server.url(roles.OWNER_ROLE)) as owner:
        # A table in the way of a migration, as a change made by hand would be.
        owner.execute("CREATE TABLE django_content_type (id int)")
        owner.execute("CREATE TABLE kept AS SELECT generate_series(1, 3) AS id")

    failed = tenure.run("upgrade")

    assert failed.returncode == 1
    assert failed.stderr.strip().endswith("The database is as it was before the upgrade.")
    with EmbeddedPostgres(tenure.home) as server, psycopg.connect(server.url(roles.OWNER_ROLE)) as owner:
        tables = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        assert [name for (name,) in tables] == ["django_content_type", "kept"]
        assert owner.execute(COUNT).fetchone() == (3,)
    assert len(list((tenure.home / "backups").glob("before-upgrade-*.tar"))) == 1


def test_upgrade_of_a_new_home_makes_the_tables_once(tenure: RunningTenure) -> None:
    first, second = tenure.run("upgrade"), tenure.run("upgrade")

    assert first.stdout.endswith("The database is now this version's.\n")
    assert second.stdout == "The database is up to date.\n"


@pytest.mark.parametrize("right", ["BYPASSRLS", "SUPERUSER", "CREATEROLE"])
def test_role_with_a_right_too_many_is_a_problem(postgres_server: PostgresServer, empty_database: str, right: str) -> None:
    name = sql.Identifier(f"leaky_{right.lower()}")
    with psycopg.connect(postgres_server.superuser_url(empty_database)) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} {}").format(name, sql.SQL(right)))  # type: ignore[arg-type]
        connection.execute(sql.SQL("SET ROLE {}").format(name))

        levels = [finding.level for finding in app_role_findings(connection)]
        connection.rollback()

    assert Level.PROBLEM in levels


def test_app_role_that_joins_the_owner_is_a_problem(postgres_server: PostgresServer, empty_database: str) -> None:
    with psycopg.connect(postgres_server.owner_url(empty_database)) as owner:
        owner.execute("CREATE TABLE parts ()")
        owner.commit()

        owners = app_role_findings(owner)

    with psycopg.connect(postgres_server.app_url(empty_database)) as app:
        apps = app_role_findings(app)
    assert ([finding.level for finding in owners], [finding.level for finding in apps]) == ([Level.PROBLEM], [Level.OK])


def test_table_of_workspaces_without_policy_is_a_problem(postgres_server: PostgresServer, empty_database: str) -> None:
    with psycopg.connect(postgres_server.owner_url(empty_database)) as owner:
        owner.execute("CREATE TABLE library (name text)")
        owner.execute("CREATE TABLE fenced (workspace_id uuid)")
        owner.execute("ALTER TABLE fenced ENABLE ROW LEVEL SECURITY")
        owner.execute("CREATE POLICY all_rows ON fenced USING (true)")
        owner.execute("CREATE TABLE open_one (workspace_id uuid)")
        owner.execute("CREATE TABLE open_two (workspace_id uuid)")
        owner.execute("ALTER TABLE open_two ENABLE ROW LEVEL SECURITY")

        found = [finding.found for finding in fence_findings(owner)]

    assert found == ["These tables have no policy: open_one, open_two."]


def _fill(owner_url: str) -> None:
    with psycopg.connect(owner_url) as owner:
        owner.execute("CREATE TABLE kept AS SELECT generate_series(1, 3) AS id")


def _count(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(COUNT).fetchone()
    return int(row[0]) if row else 0


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def _wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + ANSWER_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "It did not come true in time."
        time.sleep(0.05)
