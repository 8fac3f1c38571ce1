"""Where the embedded event store is reached, and its password. Asking starts nothing and writes nothing."""

import hashlib
import socket
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenure.config.environment import Environment

DATABASE, USER = "tenure", "tenure"
PORT_FILE = "store-port"
HOST, BACKLOG = "127.0.0.1", 256


def store_folder(home: Path) -> Path:
    """The engine's own files."""
    return home / "store"


def store_password(secret_key: str) -> str:
    """The password of the store's one user: from the installation's secret, so that every process has it and no file does."""
    return hashlib.blake2b(b"event store", key=secret_key.encode()[:64], digest_size=24).hexdigest()


def store_url(environment: "Environment") -> str:
    """ClickHouse's address: the one that is set, else the embedded store's."""
    if environment.clickhouse_url:
        return environment.clickhouse_url
    return f"http://{USER}:{store_password(environment.secret_key)}@{HOST}:{store_port(environment.home)}/{DATABASE}"


def store_port(home: Path) -> int:
    """The port that was used last; before the first start 0, where nobody answers."""
    try:
        return int((home / PORT_FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return 0


def open_store_listener(home: Path) -> socket.socket:
    """A socket on loopback for the store, on the port that was used last where it is free; the port is written down for who asks later."""
    try:
        listener = socket.create_server((HOST, store_port(home)), backlog=BACKLOG)
    except OSError:
        listener = socket.create_server((HOST, 0), backlog=BACKLOG)
    _write_port(home, listener.getsockname()[1])
    return listener


def _write_port(home: Path, port: int) -> None:
    part = home / f"{PORT_FILE}.part"
    part.write_text(str(port), encoding="utf-8")
    part.replace(home / PORT_FILE)
