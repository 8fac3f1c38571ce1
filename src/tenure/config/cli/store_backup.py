"""The events of the embedded event store in a backup: their tables' parts as the engine froze them, and back.

The writer's position is frozen before the events, so it never tells of events that are not there; what was written after it is taken out
on the way back, since the stream, saved later still, brings it again. The copy of the ties is left out: the database has them.
"""

import json
import os
import secrets
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from clickhouse_connect.driver.exceptions import ClickHouseError

from tenure.config.cli.archive import STORE
from tenure.config.cli.django_commands import django_environ, python_command
from tenure.config.embedded.engine_user import ensure_engine_user
from tenure.config.embedded.processes import start_child
from tenure.config.embedded.store.addresses import open_store_listener, store_folder, store_url
from tenure.config.environment import Environment
from tenure.config.problems import SetupProblem
from tenure.kernel import clock
from tenure.kernel.errors import DomainError
from tenure.stream.store.client import EventStore, UnfencedStore

# In this order: see above. deleted_ids after the events: an id may be known as deleted before its event is gone, never the other way.
TABLES = ("positions", "events", "sandbox_events", "refusals", "deleted_ids", "applied_migrations")
NUMBERED = ("events", "sandbox_events", "refusals")
DESCRIPTION = "tables.json"
FROZEN_PREFIX = "tenure-backup-"
START_SECONDS, STOP_SECONDS = 60, 30
LOOK_SECONDS = 0.5
_DESCRIBE = "SELECT name, data_paths[1], create_table_query FROM system.tables WHERE database = currentDatabase() AND has({names:Array(String)}, name)"
_ROOT = "SELECT path FROM system.disks WHERE name = 'default'"
_TROUBLE = (DomainError, ClickHouseError, OSError)


class StoreNotSaved(SetupProblem):
    """The event store could not write or read its part of a backup; the message ends with its own words."""


@contextmanager
def frozen_store(environment: Environment, folder: Path) -> Iterator[dict[str, Path]]:
    """What of the event store goes into a backup, by name, as it is at this moment, for a block; nothing where ClickHouse is another server.

    folder: an empty one, for the description. Raises StoreNotSaved.
    """
    if not environment.has_embedded_store or not _engine_folder(environment.home).exists():
        yield {}
        return
    name = f"{FROZEN_PREFIX}{secrets.token_hex(4)}"
    frozen = _engine_folder(environment.home) / "shadow" / name
    try:
        try:
            with answering_store(environment, environment.home) as store:
                folders = _freeze(store, name, frozen, folder)
        except _TROUBLE as failed:
            raise StoreNotSaved(f"The event store could not be backed up: {failed}") from failed
        yield folders
    finally:
        shutil.rmtree(frozen, ignore_errors=True)


def refuse_foreign_store(environment: Environment, folder: Path) -> None:
    """Events of a backup cannot be put into a ClickHouse that is another server. folder: the backup's. Raises StoreNotSaved."""
    if folder.is_dir() and not environment.has_embedded_store:
        raise StoreNotSaved(
            "This backup holds events, and TENURE_CLICKHOUSE_URL names another server. Restore it without that setting; "
            "then move the events with ClickHouse's own BACKUP and RESTORE."
        )


@contextmanager
def made_store(environment: Environment, folder: Path) -> Iterator[Path | None]:
    """A home with the backup's event store in it, ready to be taken over, for a block; None where the backup has none.

    folder: the backup's. Raises StoreNotSaved; what is here is untouched.
    """
    if not folder.is_dir():
        yield None
        return
    home = environment.home / f".store-{secrets.token_hex(4)}"
    home.mkdir()
    home.chmod(0o711)
    try:
        try:
            with answering_store(environment, home) as store:
                _fill(store, folder)
        except _TROUBLE as failed:
            raise StoreNotSaved(f"The events of the backup could not be read: {failed}") from failed
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def take_over_store(environment: Environment, made: Path | None) -> None:
    """Put a made store in place of the one that is here."""
    if made is None:
        return
    here = store_folder(environment.home)
    outgoing = here.with_name(f"{here.name}-outgoing")
    shutil.rmtree(outgoing, ignore_errors=True)
    if here.exists():
        here.rename(outgoing)
    store_folder(made).rename(here)
    shutil.rmtree(outgoing, ignore_errors=True)


@contextmanager
def answering_store(environment: Environment, home: Path) -> Iterator[EventStore]:
    """The event store of a home for a block: the running one, else one that is started alone, and stopped afterwards."""
    port = urlsplit(store_url(environment)).port if home == environment.home else None
    if port and _answers(port, START_SECONDS):
        yield UnfencedStore(store_url(environment))
        return
    with closing(open_store_listener(home)) as listener:
        handle, port = listener.fileno(), listener.getsockname()[1]
        process = start_child(
            python_command("tenure.config.cli.store_process", str(handle), "alone"),
            environ={**django_environ(environment), "TENURE_HOME": str(home), "TENURE_SECRET_KEY": environment.secret_key},
            pass_fds=(handle,),
        )
        try:
            deadline = clock.monotonic() + START_SECONDS
            while not _answers(port, LOOK_SECONDS):
                if process.poll() is not None or clock.monotonic() > deadline:
                    raise StoreNotSaved("The event store did not start; what it said is above.")
            parts = urlsplit(store_url(environment))
            yield UnfencedStore(urlunsplit(parts._replace(netloc=f"{parts.username}:{parts.password}@127.0.0.1:{port}")))
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def _engine_folder(home: Path) -> Path:
    return store_folder(home) / "chdb"


def _answers(port: int, seconds: float) -> bool:
    """Whether a store answers there; one that only starts again is waited for so long."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/ping", timeout=seconds):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _freeze(store: EventStore, name: str, frozen: Path, folder: Path) -> dict[str, Path]:
    """Freeze every table and describe them; returns where the parts of each are."""
    root = Path(store.rows(_ROOT)[0][0])
    found = {table: (path, statement) for table, path, statement in store.rows(_DESCRIBE, names=list(TABLES))}
    folders = {}
    for table in (one for one in TABLES if one in found):
        store.command(f"ALTER TABLE {table} FREEZE WITH NAME '{name}'")
        folders[f"{STORE}/{table}"] = frozen / Path(found[table][0]).relative_to(root)
    described = {table: statement for table, (_, statement) in found.items()}
    (folder / DESCRIPTION).write_text(json.dumps(described, indent=2), encoding="utf-8")
    return {STORE: folder, **folders}


def _fill(store: EventStore, folder: Path) -> None:
    """Make the tables as they were and attach their parts; then take out what lies beyond the writer's position."""
    described = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    user = ensure_engine_user()
    for table, statement in described.items():
        store.command(statement)
        detached = Path(store.rows(_DESCRIBE, names=[table])[0][1]) / "detached"
        for part in sorted((folder / table).iterdir()) if (folder / table).is_dir() else ():
            target = detached / part.name
            part.rename(target)
            if user.is_other:
                _hand_over(target, user.user_id, user.group_id)
            store.command(f"ALTER TABLE {table} ATTACH PART '{part.name}'")
    os.sync()
    position = int(store.rows("SELECT max(seq) FROM positions WHERE reader = 'writer'")[0][0])
    for table in NUMBERED:
        if store.rows(f"SELECT 1 FROM {table} WHERE seq > {{seq:UInt64}} LIMIT 1", seq=position):  # noqa: S608 - our own names
            store.change(f"ALTER TABLE {table} DELETE WHERE seq > {{seq:UInt64}}", seq=position)


def _hand_over(part: Path, user_id: int, group_id: int) -> None:
    for path in (part, *part.rglob("*")):
        os.chown(path, user_id, group_id)
