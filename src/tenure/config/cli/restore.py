"""`tenure restore`: bring back a backup, wholly or not at all."""

import argparse
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tenure.config.cli.archive import DATABASE_DUMP, FILES, extract_archive, read_manifest
from tenure.config.cli.backup import dump_url
from tenure.config.cli.console import say
from tenure.config.cli.first_start import answering_database, only_one_here, prepared_environment
from tenure.config.embedded import roles
from tenure.config.embedded.dump import restore_database
from tenure.config.embedded.keys import ensure_keys, replace_keys
from tenure.config.embedded.postgres import EmbeddedPostgres
from tenure.config.environment import Environment
from tenure.config.problems import SetupProblem

INCOMING = "tenure_incoming"
OUTGOING = "tenure_outgoing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `tenure restore`."""
    parser.add_argument("file", type=Path, help="the backup to bring back")
    parser.add_argument("--replace", action="store_true", help="give up what is here now")


def run(options: argparse.Namespace) -> int:
    """Bring back a backup and say of when it is."""
    manifest = read_manifest(options.file)
    environment = prepared_environment()
    with only_one_here(environment), answering_database(environment) as server:
        if not options.replace and _holds_something(environment, server):
            raise SetupProblem(f"{environment.home} holds a company's records. Add --replace to give them up.")
        bring_back(environment, server, options.file)
    say(f"Restored: the state of {manifest['made_at']} (Tenure {manifest['tenure']}). Now run: tenure upgrade")
    return 0


def bring_back(environment: Environment, server: EmbeddedPostgres | None, file: Path) -> None:
    """Put a backup in place of what is here. Until the last moment an error leaves everything as it was.

    server: the embedded one, answering; None for a database by URL. Raises BackupUnusable, DumpFailed.
    """
    with tempfile.TemporaryDirectory(dir=environment.home, prefix=".restore-") as folder:
        keys = extract_archive(file, Path(folder))
        dump = Path(folder, DATABASE_DUMP)
        if server:
            _replace_database(server, dump)
        else:
            restore_database(dump_url(environment, server), dump, in_place=True)
        _replace_files(Path(folder, FILES), environment.files)
        _take_over_keys(environment, keys)


def _holds_something(environment: Environment, server: EmbeddedPostgres | None) -> bool:
    with psycopg.connect(dump_url(environment, server)) as connection:
        tables = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1").fetchone()
    return tables is not None or any(environment.files.iterdir())


def _replace_database(server: EmbeddedPostgres, dump: Path) -> None:
    """Fill a new database beside the old one, then change their names in one transaction."""
    with psycopg.connect(server.url(roles.SUPERUSER, "postgres"), autocommit=True) as connection:
        _drop(connection, INCOMING)
        _drop(connection, OUTGOING)
        server.create_database(INCOMING)
        restore_database(server.url(roles.SUPERUSER, INCOMING), dump, in_place=False)
        _end_sessions(connection)
        with connection.transaction():
            _rename(connection, roles.DATABASE, OUTGOING)
            _rename(connection, INCOMING, roles.DATABASE)
        _drop(connection, OUTGOING)


def _end_sessions(connection: psycopg.Connection) -> None:
    query = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = ANY(%s)"
    connection.execute(query, [[roles.DATABASE, INCOMING]])


def _drop(connection: psycopg.Connection, database: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def _rename(connection: psycopg.Connection, database: str, name: str) -> None:
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(database), sql.Identifier(name)))


def _replace_files(incoming: Path, files: Path) -> None:
    incoming.mkdir(exist_ok=True)
    outgoing = files.with_name(f"{files.name}-outgoing")
    shutil.rmtree(outgoing, ignore_errors=True)
    if files.exists():
        files.rename(outgoing)
    shutil.move(incoming, files)
    shutil.rmtree(outgoing, ignore_errors=True)


def _take_over_keys(environment: Environment, keys: dict[str, Any]) -> None:
    """The backup's secret key, this home's own passwords."""
    own = ensure_keys(environment.home)
    hosts = tuple(dict.fromkeys((*keys["allowed_hosts"], *own.allowed_hosts)))
    replace_keys(environment.home, replace(own, secret_key=keys["secret_key"], allowed_hosts=hosts))
