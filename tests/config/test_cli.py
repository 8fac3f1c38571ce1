"""The command line: its names, its exit codes, and that one command does not load the others."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tenure.config.cli import COMMANDS, main
from tenure.config.cli.bench import bench_names
from tenure.config.cli.listener import PortTaken, open_listener
from tenure.config.embedded.locks import AlreadyRunning, FolderLock
from tenure.config.environment import load_environment


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])

    first_words = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("    ") and line[4] != " "]
    assert left.value.code == 0
    assert first_words == [command.name for command in COMMANDS]


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])

    assert left.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: tenure {name}")


@pytest.mark.parametrize("given", [[], ["dance"], ["up", "--port", "high"], ["bench", "dance"]])
def test_command_misused_exits_with_2(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(given)

    assert left.value.code == 2
    assert capsys.readouterr().err.startswith("usage: tenure")


def test_command_with_unusable_setting_says_so_and_exits_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TENURE_PORT", "high")

    assert main(["doctor"]) == 1
    assert capsys.readouterr().err == "TENURE_PORT: must be a whole number from 1 to 65535.\n"


def test_version_is_said_without_loading_django() -> None:
    program = "import sys; from tenure.config.cli import main\ntry: main(['--version'])\nfinally: print('django' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert said == "tenure 0.1.0\nFalse\n"


def test_doctor_before_first_start_reports_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TENURE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TENURE_PROT", "8000")

    exit_code = main(["doctor", "--json"])

    findings = {finding["subject"]: finding for finding in json.loads(capsys.readouterr().out)}
    assert exit_code == 0
    assert findings["home"]["remedy"] == "Run: tenure up"
    assert findings["settings"]["found"] == "TENURE_PROT is read by nobody."
    assert (tmp_path / "home").exists() is False


def test_backup_before_first_start_says_there_is_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TENURE_HOME", str(tmp_path))

    assert main(["backup"]) == 1
    assert capsys.readouterr().err == f"There is nothing to back up: {tmp_path} has not been started yet.\n"


def test_bench_names_are_the_benches_of_the_folder() -> None:
    assert "start" in bench_names()
    assert "result" not in bench_names()


def test_lock_held_refuses_a_second_holder_and_shows_its_note(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path / "lock"), FolderLock(tmp_path / "lock")
    first.take("process 7, http://localhost:8000")

    with pytest.raises(AlreadyRunning) as refusal:
        second.take()

    assert refusal.value.note == "process 7, http://localhost:8000"


def test_lock_released_is_free(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path / "lock"), FolderLock(tmp_path / "lock")
    first.take()
    first.release()

    second.take("mine")

    assert (tmp_path / "lock").read_text() == "mine"
    second.release()


def test_listener_on_chosen_port_that_is_taken_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_listener(load_environment({})) as taken:
        port = str(taken.getsockname()[1])
        monkeypatch.setenv("TENURE_PORT", port)

        with pytest.raises(PortTaken):
            open_listener(load_environment({"TENURE_PORT": port}))


def test_listener_without_chosen_port_takes_the_next_free_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TENURE_PORT", raising=False)
    with open_listener(load_environment({})) as first, open_listener(load_environment({})) as second:
        assert first.getsockname()[1] < second.getsockname()[1] < 8000 + 20
