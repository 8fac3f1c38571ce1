"""Three nats-servers of one cluster on this machine, to be killed one by one; and, started as a program, a cluster to run tests against.

python -m tests.nats_cluster        # prints the URL for TENURE_TEST_NATS_URL, and runs until Ctrl-C
"""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from nats.errors import Error as NatsError

from tenure.config.embedded.binaries import NATS, wheel_programs
from tenure.stream.nats import connected_once

SERVERS = 3
READY_SECONDS = 30


class ClusterServer:
    """One nats-server of a cluster on this machine."""

    def __init__(self, folder: Path, number: int, ports: list[int], routes: list[int]) -> None:
        self.name = f"n{number}"
        self.config = folder / f"{number}.conf"
        others = ", ".join(f"nats://route:hush@127.0.0.1:{port}" for port in routes)
        self.config.write_text(f"""
server_name: {self.name}
listen: 127.0.0.1:{ports[number]}
max_payload: 8MB
jetstream {{ store_dir: "{folder}/{number}", sync_interval: always }}
authorization {{ users: [ {{ user: tenure, password: hush }} ] }}
cluster {{
  name: tests
  listen: 127.0.0.1:{routes[number]}
  authorization {{ user: route, password: hush }}
  routes: [ {others} ]
}}
""")
        self.log = (folder / f"{number}.log").open("w")
        self.start()

    def start(self) -> None:
        command = [wheel_programs(NATS).path("nats-server"), "--config", str(self.config)]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@dataclass(frozen=True)
class Cluster:
    """The three servers, and how all of them are reached."""

    url: str
    servers: list[ClusterServer]

    def leader_of(self, stream: str) -> ClusterServer:
        """The server that decides for a stream, as soon as there is one."""
        deadline = time.monotonic() + READY_SECONDS
        while True:
            name = asyncio.run(self._leader_name(stream))
            found = [server for server in self.servers if server.name == name]
            if found:
                return found[0]
            assert time.monotonic() < deadline, "The stream has no leader."
            time.sleep(0.1)

    def wait_until_ready(self) -> None:
        """Return when the cluster keeps streams."""
        deadline = time.monotonic() + READY_SECONDS
        while not asyncio.run(self._is_ready()):
            assert time.monotonic() < deadline, "The cluster did not come up."
            time.sleep(0.1)

    def wait_until_whole(self, stream: str) -> None:
        """Return when every server has all of a stream."""
        deadline = time.monotonic() + READY_SECONDS
        while not asyncio.run(self._is_whole(stream)):
            assert time.monotonic() < deadline, "The cluster did not become whole."
            time.sleep(0.1)

    async def _is_whole(self, stream: str) -> bool:
        try:
            async with connected_once(self.url) as connection:
                cluster = (await connection.js.stream_info(stream)).cluster
        except (NatsError, OSError, TimeoutError):
            return False
        replicas = cluster.replicas or [] if cluster else []
        return len(replicas) == SERVERS - 1 and all(one.current and not one.offline for one in replicas)

    async def _leader_name(self, stream: str) -> str:
        async with connected_once(self.url) as connection:
            cluster = (await connection.js.stream_info(stream)).cluster
            return str(cluster.leader if cluster else "")

    async def _is_ready(self) -> bool:
        try:
            async with connected_once(self.url) as connection:
                await connection.js.account_info()
        except (NatsError, OSError, TimeoutError):
            return False
        return True


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Three servers that keep everything three times."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tenure-cluster-")))
        probes = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(2 * SERVERS)]
        ports = [probe.getsockname()[1] for probe in probes]
        for probe in probes:
            probe.close()
        servers = [ClusterServer(folder, number, ports[:SERVERS], ports[SERVERS:]) for number in range(SERVERS)]
        try:
            cluster = Cluster("nats://tenure:hush@" + ",".join(f"127.0.0.1:{port}" for port in ports[:SERVERS]), servers)
            cluster.wait_until_ready()
            yield cluster
        finally:
            for server in servers:
                server.kill()
                server.log.close()


if __name__ == "__main__":
    with running_cluster() as running:
        sys.stdout.write(f"{running.url}\n")
        sys.stdout.flush()
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
