"""`tenure backup`: the database, the uploaded files, product events and the secret key, in one file. Tenure may run meanwhile."""

import argparse
import importlib.metadata
import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import psycopg

from tenure.config.cli.archive import FILES, STORE, STREAM, write_archive
from tenure.config.cli.console import say
from tenure.config.cli.first_start import answering_database
from tenure.config.cli.store_backup import frozen_store
from tenure.config.cli.stream_backup import save_stream
from tenure.config.embedded import roles
from tenure.config.embedded.dump import dump_database
from tenure.config.embedded.postgres import EmbeddedPostgres
from tenure.config.embedded.urls import database_urls
from tenure.config.environment import Environment, load_environment
from tenure.config.problems import SetupProblem
from tenure.kernel import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `tenure backup`."""
    parser.add_argument("file", nargs="?", type=Path, help="the file to write (default: HOME/backups/TIME.tar)")


def run(options: argparse.Namespace) -> int:
    """Write a backup and say where it is."""
    environment = load_environment()
    if not environment.started:
        raise SetupProblem(f"There is nothing to back up: {environment.home} has not been started yet.")
    file = options.file.resolve() if options.file else default_file(environment)
    with answering_database(environment) as server:
        write_backup(environment, server, file)
    if not environment.has_embedded_store:
        say("Not in it: the events in the ClickHouse of TENURE_CLICKHOUSE_URL. Keep them with ClickHouse's own BACKUP.")
    say(f"Written: {file} ({file.stat().st_size / 1_000_000:.1f} MB). It holds secrets: keep it closed.")
    return 0


def default_file(environment: Environment, reason: str = "tenure") -> Path:
    """A new name below the home, by the time."""
    folder = environment.home / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{reason}-{clock.now():%Y%m%dT%H%M%SZ}.tar"


def write_backup(environment: Environment, server: EmbeddedPostgres | None, file: Path, *, keeps_store: bool = False) -> None:
    """Write everything to one file. server: the embedded one, answering; None for a database by URL. keeps_store: the event store stays where it is.

    The database comes first: a file is stored before the row that names it, so every row's file is there, and readers' positions tell of
    no event that is not. Then the event store, and the stream last: what the store does not have yet must still be in it.
    Raises DumpFailed, StoreNotSaved, StreamNotSaved, SetupProblem.
    """
    if file.exists():
        raise SetupProblem(f"{file} is there already: choose another name.")
    url = dump_url(environment, server)
    with tempfile.TemporaryDirectory(dir=environment.home, prefix=".backup-") as folder:
        dump = Path(folder, "database.dump")
        dump_database(url, dump)
        manifest = {
            "tenure": importlib.metadata.version("tenure"),
            "postgresql": _server_version(url),
            "made_at": clock.now().isoformat(timespec="seconds"),
        }
        # Stored secrets are encrypted with the key: without it a backup would bring back rows that nobody can read.
        keys = {"secret_key": environment.secret_key, "allowed_hosts": list(environment.allowed_hosts)}
        stream, described = Path(folder, STREAM), Path(folder, STORE)
        stream.mkdir()
        described.mkdir()
        freezing: AbstractContextManager[dict[str, Path]] = nullcontext({})
        if not keeps_store:
            freezing = frozen_store(environment, described)
        with freezing as tables:
            save_stream(environment, stream)
            folders = {FILES: environment.files, STREAM: stream, **tables}
            write_archive(file, manifest=manifest, keys=keys, dump=dump, folders=folders)


def dump_url(environment: Environment, server: EmbeddedPostgres | None) -> str:
    """Who reads and writes whole databases: the superuser of the embedded server, the owner of another."""
    return server.url(roles.SUPERUSER) if server else database_urls(environment)["owner"]


def _server_version(url: str) -> str:
    with psycopg.connect(url) as connection:
        return connection.info.parameter_status("server_version") or ""
