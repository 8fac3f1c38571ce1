"""`tenure restore`: bring back a backup, wholly or not at all."""

import argparse
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from tenure.config.cli.archive import DATABASE_DUMP, FILES, STORE, STREAM, extract_archive, read_manifest
from tenure.config.cli.backup import dump_url
from tenure.config.cli.console import say
from tenure.config.cli.first_start import answering_database, only_one_here, prepared_environment
from tenure.config.cli.store_backup import made_store, refuse_foreign_store, take_over_store
from tenure.config.cli.stream_backup import bring_back_stream, check_stream
from tenure.config.embedded import roles
from tenure.config.embedded.dump import restore_database
from tenure.config.embedded.keys import ensure_keys, replace_keys
from tenure.config.embedded.postgres import EmbeddedPostgres
from tenure.config.environment import Environment
from tenure.config.problems import SetupProblem

INCOMING = "tenure_incoming"
OUTGOING = "tenure_outgoing"
TIES_COPY = "ties_copy"  # as stream/tie_book.py names it
_HAS_SEQUENCES: LiteralString = """
    SELECT 1 FROM pg_attribute WHERE attrelid = 'workspace_consumerposition'::regclass AND attname = 'sequence'"""
_AHEAD: LiteralString = """
    SELECT COALESCE((SELECT max(xid) FROM workspace_outboxevent) >= pg_snapshot_xmin(pg_current_snapshot()), false)"""
_LOWER_POSITIONS: LiteralString = """
    UPDATE workspace_consumerposition p SET xid = '3', event_id = COALESCE(
      (SELECT e.id FROM workspace_outboxevent e
       WHERE e.workspace_id = p.workspace_id
         AND e.id < COALESCE((SELECT u.id FROM workspace_outboxevent u
                              WHERE u.workspace_id = p.workspace_id AND (u.xid, u.id) > (p.xid, p.event_id)
                              ORDER BY u.id LIMIT 1), 'ffffffff-ffff-ffff-ffff-ffffffffffff')
       ORDER BY e.id DESC LIMIT 1), '00000000-0000-0000-0000-000000000000')
    WHERE p.xid IS NOT NULL"""


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

    server: the embedded one, answering; None for a database by URL. Raises BackupUnusable, DumpFailed, StoreNotSaved, StreamNotSaved.
    """
    with tempfile.TemporaryDirectory(dir=environment.home, prefix=".restore-") as folder:
        keys = extract_archive(file, Path(folder))
        dump = Path(folder, DATABASE_DUMP)
        refuse_foreign_store(environment, Path(folder, STORE))
        check_stream(environment)
        with made_store(environment, Path(folder, STORE)) as made:
            if server:
                _replace_database(server, dump)
            else:
                restore_database(dump_url(environment, server), dump, in_place=True)
            with psycopg.connect(dump_url(environment, server)) as connection:
                settle_outbox(connection)
                if made:
                    settle_ties(connection)
            _replace_files(Path(folder, FILES), environment.files)
            _take_over_keys(environment, keys)
            take_over_store(environment, made)
        bring_back_stream(environment, Path(folder, STREAM), is_met=made is not None)


def settle_outbox(connection: psycopg.Connection) -> None:
    """Make the outbox fit for the server that it is on now. connection: as whoever reads and writes whole databases.

    Events are read in the order of PostgreSQL's transaction numbers, and another server counts its own: where the backup's are ahead of
    it, new events would stand before those that were read, and be read by nobody. Then all events of the backup get the lowest number; their
    ids keep them in order, and what a consumer had not read stays unread (what it had read meanwhile it may be told again).
    Places in the stream are forgotten: it is another one.
    """
    if connection.execute("SELECT to_regclass('workspace_outboxevent') IS NULL").fetchone() == (True,):
        return
    has_sequences = connection.execute(_HAS_SEQUENCES).fetchone() is not None
    if has_sequences:
        connection.execute("UPDATE workspace_consumerposition SET sequence = NULL")
    if connection.execute(_AHEAD).fetchone() == (True,):
        connection.execute(_LOWER_POSITIONS)
        connection.execute("UPDATE workspace_outboxevent SET xid = '3'")


def settle_ties(connection: psycopg.Connection) -> None:
    """Have the ties copied anew into the event store, whose copy is not in a backup. connection: as for settle_outbox."""
    if connection.execute("SELECT to_regclass('stream_readerposition') IS NULL").fetchone() == (False,):
        connection.execute("UPDATE stream_readerposition SET seq = 0 WHERE reader = %s", [TIES_COPY])


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
