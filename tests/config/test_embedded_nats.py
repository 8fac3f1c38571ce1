"""The embedded NATS: who may reach it, where it listens, and that kills lose nothing and leave nothing behind."""

import asyncio
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tenure.config.embedded.keys import ensure_keys, keys_file
from tenure.config.embedded.locks import AlreadyRunning
from tenure.config.embedded.nats import EmbeddedNats, NatsFailed
from tenure.config.embedded.nats_settings import GIB, NatsPlace, read_place, settle_place, share_of_disk
from tenure.config.embedded.processes import runs_in
from tenure.config.embedded.urls import nats_url
from tenure.config.environment import load_environment
from tenure.stream.nats import connected_once

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user of this machine")
STARTER = """
import sys, pathlib, time
from tenure.config.embedded.nats import EmbeddedNats
server = EmbeddedNats(pathlib.Path(sys.argv[1]))
server.start()
print(server.process_id, flush=True)
time.sleep(600)
"""
# Speaks NATS by hand, so that it needs none of our files: says what the server answers to a login.
VISITOR = """
import socket, sys
with socket.create_connection(("127.0.0.1", int(sys.argv[1])), 5) as connection, connection.makefile("rwb") as lines:
    lines.readline()
    lines.write(b"CONNECT {" + sys.argv[2].encode() + b"}\\r\\nPING\\r\\n")
    lines.flush()
    print(lines.readline().decode().strip())
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A home that the server's user can reach (pytest's own folders are closed to them)."""
    folder = Path(tempfile.mkdtemp(prefix="tenure-nats-home-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedNats]:
    folder = Path(tempfile.mkdtemp(prefix="tenure-nats-home-"))
    with EmbeddedNats(folder) as running:
        yield running
    shutil.rmtree(folder)


def test_server_listens_on_this_machine_only(server: EmbeddedNats) -> None:
    place = read_place(server.home)
    assert place is not None
    listening = {
        line.split()[1]
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
        if line.split()[3] == "0A" and line.split()[1].endswith(f":{place.port:04X}")
    }

    assert listening == {f"0100007F:{place.port:04X}"}


def test_home_is_closed_to_others(server: EmbeddedNats) -> None:
    closed = (server.home, server.home / "keys.json", server.home / "nats.conf", server.home / "nats.json", server.folder)

    assert [stat.S_IMODE(path.stat().st_mode) & 0o007 for path in closed] == [0] * len(closed)
    assert server.folder.stat().st_uid == server.user.user_id


@pytest.mark.parametrize(
    "login",
    ["", '"user": "tenure"', '"user": "tenure", "pass": "guess"', '"user": "", "pass": ""'],
    ids=["none", "half", "guess", "empty"],
)
def test_whoever_has_no_password_is_refused(server: EmbeddedNats, login: str) -> None:
    assert _visit(server, login, user=None) == "-ERR 'Authorization Violation'"


@ROOT_ONLY
def test_another_local_user_is_refused(server: EmbeddedNats) -> None:
    assert _visit(server, "", user="daemon") == "-ERR 'Authorization Violation'"
    with pytest.raises(subprocess.CalledProcessError):
        subprocess.run(
            ["cat", str(server.home / "nats.conf")],
            user="daemon",
            group="daemon",
            extra_groups=[],
            check=True,
            capture_output=True,
        )


def test_settings_lead_to_the_embedded_server(server: EmbeddedNats) -> None:
    environment = load_environment({"TENURE_HOME": str(server.home)})

    assert nats_url(environment) == server.url
    assert (environment.has_embedded_nats, environment.nats_replicas) == (True, 1)


def test_second_start_on_one_home_says_so(server: EmbeddedNats) -> None:
    with pytest.raises(AlreadyRunning):
        EmbeddedNats(server.home).start()

    assert server.is_running is True


def test_restart_keeps_port_and_messages(home: Path) -> None:
    with EmbeddedNats(home) as first:
        url = first.url
        asyncio.run(_keep_one(url))
    with EmbeddedNats(home) as second:
        assert second.url == url
        assert asyncio.run(_kept(url)) == 1


def test_kill_keeps_every_acknowledged_message(home: Path) -> None:
    server = EmbeddedNats(home)
    server.start()
    asyncio.run(_keep_one(server.url))
    killed = server.process_id
    assert killed is not None

    os.kill(killed, signal.SIGKILL)
    assert server._process is not None
    server._process.wait()
    assert server.is_running is False
    server.stop()

    with server:
        assert asyncio.run(_kept(server.url)) == 1


def test_start_with_the_port_taken_takes_another(home: Path) -> None:
    with EmbeddedNats(home):
        pass
    before = read_place(home)
    assert before is not None
    with socket.create_server(("127.0.0.1", before.port)), EmbeddedNats(home) as server:
        after = read_place(home)
        assert after is not None
        assert (after.port == before.port, after.event_bytes) == (False, before.event_bytes)
        assert asyncio.run(_answers(server.url)) is True


def test_restart_in_place_waits_for_the_port_that_its_clients_know(home: Path) -> None:
    server = EmbeddedNats(home)
    server.start()
    place = read_place(home)
    assert place is not None
    server.stop()

    with socket.create_server(("127.0.0.1", place.port)), pytest.raises(NatsFailed) as refusal:
        server.start()

    assert "address already in use" in str(refusal.value)
    with server:
        assert read_place(home) == place


def test_port_is_below_those_of_outgoing_connections(home: Path) -> None:
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])

    assert settle_place(home).port < lowest


def test_kill_of_the_starter_leaves_no_server_behind(home: Path) -> None:
    starter = subprocess.Popen([sys.executable, "-c", STARTER, str(home)], stdout=subprocess.PIPE, text=True)
    assert starter.stdout is not None
    first = int(starter.stdout.readline())

    starter.kill()
    starter.wait()
    deadline = time.monotonic() + 20
    while runs_in(first, home / "nats") and time.monotonic() < deadline:
        time.sleep(0.02)

    assert runs_in(first, home / "nats") is False


def test_server_that_outlived_its_starter_is_replaced(home: Path) -> None:
    forgotten = EmbeddedNats(home)
    forgotten.start()
    first = forgotten.process_id
    forgotten._lock.release()  # what the operating system does when the starter is killed

    with EmbeddedNats(home) as server:
        assert server.process_id not in {None, first}
        assert forgotten._process is not None
        assert forgotten._process.wait(10) is not None


def test_keys_of_an_earlier_version_get_what_is_missing_and_keep_the_rest(tmp_path: Path) -> None:
    keys = ensure_keys(tmp_path)
    older = {name: value for name, value in json.loads(keys_file(tmp_path).read_text()).items() if name != "stream_password"}
    keys_file(tmp_path).write_text(json.dumps(older))

    completed, again = ensure_keys(tmp_path), ensure_keys(tmp_path)

    assert completed == again
    assert len(completed.stream_password) >= 32
    assert (completed.secret_key, completed.owner_password) == (keys.secret_key, keys.owner_password)
    assert stat.S_IMODE(keys_file(tmp_path).stat().st_mode) == 0o600


@pytest.mark.parametrize(("free", "share"), [(0, GIB), (9 * GIB, 3 * GIB), (1000 * GIB, 16 * GIB)])
def test_share_of_the_disk(free: int, share: int) -> None:
    assert share_of_disk(free) == share


def test_place_before_the_first_start_is_none(tmp_path: Path) -> None:
    assert read_place(tmp_path) is None
    assert NatsPlace(1, 2) == NatsPlace(port=1, event_bytes=2)


def _visit(server: EmbeddedNats, login: str, user: str | None) -> str:
    place = read_place(server.home)
    assert place is not None
    extra = {"user": user, "group": user, "extra_groups": []} if user else {}
    done = subprocess.run(
        ["/usr/bin/env", sys.executable if user is None else "python3", "-I", "-c", VISITOR, str(place.port), login],
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
        **extra,  # type: ignore[call-overload]
    )
    return str(done.stdout).strip()


async def _keep_one(url: str) -> None:
    async with connected_once(url) as stream:
        await stream.js.add_stream(name="KEPT", subjects=["kept"])
        await stream.js.publish("kept", b"1")


async def _kept(url: str) -> int:
    async with connected_once(url) as stream:
        return (await stream.js.stream_info("KEPT")).state.messages


async def _answers(url: str) -> bool:
    async with connected_once(url) as stream:
        return stream.has_jetstream
