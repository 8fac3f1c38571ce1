"""Imports whose process is killed, whose database goes away, whose disk is full, that meet one another: nothing half-done, nothing lost."""

from __future__ import annotations

import random
import resource
import signal
import time

import pytest

from tests.workspace.imports.installation import SLUG, Installation

ROWS = 7_000
CHUNK = 5_000


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "accounts.csv"
    lines = (f"{number},Company {number} GmbH,{'Bonn' if number % 2 else 'Graz'},{number % 900}\n" for number in range(ROWS))
    path.write_text("id,name,city,employees\n" + "".join(lines), encoding="utf-8")
    return str(path)


def start_import(installation: Installation, file: str):
    return installation.start("import", file, "--workspace", SLUG, "--record", "account", "--yes")


def wait_for_chunk(process) -> None:
    for line in process.stdout:
        if "rows/s" in line:
            return
    raise AssertionError(process.stderr.read())


def assert_whole_chunks(installation: Installation) -> None:
    counted = installation.counted()
    logged = installation.rows("SELECT count(*), count(DISTINCT position) FROM workspace_changerow")[0]
    events = installation.rows("SELECT count(*) FROM workspace_outboxevent WHERE type = 'directory.account_created'")[0][0]
    assert counted["done"] in range(0, ROWS + 1, CHUNK) or counted["done"] == ROWS
    assert counted["accounts"] == counted["created"] == counted["done"] == logged[0] == logged[1] == events


def assert_finished(installation: Installation) -> None:
    counted = installation.counted()
    assert (counted["state"], counted["created"], counted["failed"], counted["accounts"]) == ("done", ROWS, 0, ROWS)
    assert installation.rows("SELECT read, row_done, phase FROM workspace_importfile") == [(ROWS, ROWS + 1, "done")]


def kill_resume_undo(installation: Installation, file: str, seconds: float) -> None:
    process = start_import(installation, file)
    wait_for_chunk(process)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert_whole_chunks(installation)

    installation.resume()
    assert_finished(installation)

    installation.undo()
    counted = installation.counted()
    assert (counted["state"], counted["undone"], counted["kept"], counted["accounts"]) == ("undone", ROWS, 0, 0)


def test_import_killed_leaves_whole_chunks_and_goes_on(installation, file):
    kill_resume_undo(installation, file, 0.3)


@pytest.mark.faults
@pytest.mark.parametrize("seed", range(12))
def test_import_killed_at_any_moment_leaves_whole_chunks_and_goes_on(installation, file, seed):
    kill_resume_undo(installation, file, random.Random(seed).uniform(0, 3))


@pytest.mark.faults
def test_undo_killed_goes_on(installation, file):
    start_import(installation, file).communicate()
    program = installation.undo_program()
    process = installation.start_python(program)
    while not installation.counted()["undone"]:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert installation.counted()["accounts"] == ROWS - installation.counted()["undone"]

    installation.undo()

    counted = installation.counted()
    assert (counted["state"], counted["undone"], counted["accounts"]) == ("undone", ROWS, 0)


def test_import_that_loses_its_database_is_interrupted_and_goes_on(installation, file):
    process = start_import(installation, file)
    wait_for_chunk(process)
    installation.cut_connections()
    _, complained = process.communicate(timeout=100)

    assert (process.returncode, complained.splitlines()[-1]) == (
        1,
        "The connection to the database was lost. What was written is whole: resume the import, or undo it.",
    )
    assert installation.counted()["state"] == "interrupted"
    assert_whole_chunks(installation)

    installation.resume()
    assert_finished(installation)


def test_import_onto_a_full_disk_says_so_and_leaves_nothing(installation, file):
    def full_after_100_kb() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    code, _, complained = installation.run(
        "import", file, "--workspace", SLUG, "--record", "account", "--yes", preexec_fn=full_after_100_kb
    )

    assert (code, complained) == (1, "The disk is full. Make room, then resume the import, or undo it.\n")
    assert installation.counted() == {"done": 0, "accounts": 0}
    assert list(installation.home.rglob("*.csv")) == []


def test_two_imports_of_the_same_rows_at_once_create_each_once(installation, file):
    first, second = start_import(installation, file), start_import(installation, file)
    ends = [process.communicate(timeout=110) and process.returncode for process in (first, second)]

    assert ends == [0, 0]
    created, updated, unchanged, failed = installation.rows(
        "SELECT sum(created), sum(updated), sum(unchanged), sum(failed) FROM workspace_changeset"
    )[0]
    assert (created, updated + unchanged, failed) == (ROWS, ROWS, 0)
    assert installation.counted()["accounts"] == ROWS
