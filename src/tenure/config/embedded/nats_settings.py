"""How the embedded NATS is set: on this machine only, with a password, each message on the disk before it is acknowledged."""

import json
import secrets
import shutil
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

USER = "tenure"
HOST = "127.0.0.1"
MIB = 1024**2
GIB = 1024**3
LARGEST_MESSAGE = 8 * MIB
DOMAIN_BYTES = GIB  # domain events are in PostgreSQL as well: their stream may forget the oldest
SPARE_BYTES = GIB
LEAST_EVENT_BYTES, MOST_EVENT_BYTES = GIB, 16 * GIB
FIRST_PORT, LAST_PORT = 20_000, 32_000
_EPHEMERAL = Path("/proc/sys/net/ipv4/ip_local_port_range")


@dataclass(frozen=True)
class NatsPlace:
    """What a home remembers of its NATS, so that every process finds it. event_bytes: how many bytes of product events may wait."""

    port: int
    event_bytes: int


def read_place(home: Path) -> NatsPlace | None:
    """Where the NATS of a home is, or None before its first start."""
    try:
        return NatsPlace(**json.loads(_place_file(home).read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return None


def settle_place(home: Path) -> NatsPlace:
    """The remembered port, or a free one where that is taken; the disk's share stays what it was at the first start."""
    before = read_place(home)
    if before is not None and _is_free(before.port):
        return before
    place = NatsPlace(_free_port(), before.event_bytes if before else share_of_disk(shutil.disk_usage(home).free))
    part = _place_file(home).with_suffix(".part")
    part.write_text(json.dumps(asdict(place)) + "\n", encoding="utf-8")
    part.chmod(0o600)
    part.replace(_place_file(home))
    return place


def share_of_disk(free: int) -> int:
    """How many bytes of product events may wait: a third of the free disk, between 1 and 16 GiB."""
    return max(LEAST_EVENT_BYTES, min(MOST_EVENT_BYTES, free // 3))


def settings_file(*, place: NatsPlace, folder: Path, password: str, name: str, is_durable: bool) -> str:
    """The text of nats-server's configuration. folder: what the server owns."""
    return f"""# Written by Tenure at every start.
server_name: {_text(name)}
host: {_text(HOST)}
port: {place.port}
pid_file: {_text(str(folder / "nats.pid"))}
log_file: {_text(str(folder / "nats.log"))}
logfile_size_limit: 16MB
logfile_max_num: 4
max_payload: {LARGEST_MESSAGE}
max_pending: {64 * MIB}
jetstream {{
  store_dir: {_text(str(folder))}
  max_memory_store: {64 * MIB}
  max_file_store: {place.event_bytes + DOMAIN_BYTES + SPARE_BYTES}
  sync_interval: {"always" if is_durable else '"2m"'}
}}
authorization {{
  users: [ {{ user: {_text(USER)}, password: {_text(password)} }} ]
}}
"""


def _place_file(home: Path) -> Path:
    return home / "nats.json"


def _free_port() -> int:
    """A free port below those that outgoing connections get: one of these could otherwise meet itself there, or take it."""
    last = min(LAST_PORT, _lowest_ephemeral() - 1)
    first = min(FIRST_PORT, max(1024, last - 1000))
    for _ in range(200):
        port = first + secrets.randbelow(last - first + 1)
        if _is_free(port):
            return port
    raise OSError(f"No free port between {first} and {last}.")


def _lowest_ephemeral() -> int:
    try:
        return int(_EPHEMERAL.read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return LAST_PORT + 1


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _text(value: str) -> str:
    """A text of NATS's configuration language."""
    return json.dumps(value, ensure_ascii=False)
