"""An installation of its own for tests that kill processes: a migrated database, one workspace, commands run as real processes."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from tenure.config.embedded import roles

if TYPE_CHECKING:
    from tests.fixtures_server import PostgresServer

SLUG = "acme"
_OPEN = """
import django; django.setup()
from tenure.workspace.actions.open_workspace import new_workspace_context, open_workspace
from tenure.workspace.models import User
open_workspace(new_workspace_context("Acme", slug="acme"), User.objects.create_user("owner@acme.example", None, name="Owner"))
"""
_AS_SYSTEM = """
import django, json, sys; django.setup()
from uuid import UUID
from django.db import connections
from tenure.workspace.jobs import system_context
with connections["owner"].cursor() as cursor:
    cursor.execute("SELECT id FROM workspace_workspace")
    ctx = system_context(cursor.fetchone()[0])
"""
_RESUME = (
    _AS_SYSTEM
    + """
from tenure.workspace.imports.run import carry_out
from tenure.workspace.imports.starting import go_on
from tenure.workspace.models import ChangeSet, ImportRun
from tenure.workspace.scope import enter
with enter(ctx.scope):
    ChangeSet.objects.update(state="interrupted")
    run = go_on(ctx, ImportRun.objects.get().pk)
carry_out(ctx, run.pk, run.attempt)
"""
)
_UNDO = (
    _AS_SYSTEM
    + """
from tenure.workspace.models import ChangeSet
from tenure.workspace.scope import enter
from tenure.workspace.undo import carry_out_undo
with enter(ctx.scope):
    change_set = ChangeSet.objects.get()
    change_set.state = "undoing"
    change_set.save()
carry_out_undo(ctx, change_set.pk)
"""
)


@dataclass(frozen=True)
class Installation:
    """A database, a home, and commands on them."""

    server: PostgresServer
    database: str
    home: Path

    def environ(self) -> dict[str, str]:
        """What its processes see."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TENURE_", "DJANGO_"))}
        return {
            **kept,
            "TENURE_HOME": str(self.home),
            "TENURE_DATABASE_URL": self.server.app_url(self.database),
            "TENURE_OWNER_DATABASE_URL": self.server.owner_url(self.database),
            # No engine of its own, so that its home may lie anywhere; imports and exports reach neither.
            "TENURE_NATS_URL": "nats://127.0.0.1:1",
            "TENURE_CLICKHOUSE_URL": "http://nobody:nothing@127.0.0.1:1/none",
            "DJANGO_SETTINGS_MODULE": "tenure.config.settings",
        }

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """A command of `tenure`, running."""
        command = [sys.executable, "-P", "-m", "tenure.config.cli", *arguments]
        return subprocess.Popen(command, env=self.environ(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)

    def run(self, *arguments: str, **options: Any) -> tuple[int, str, str]:
        """A command of `tenure`, to its end: exit code, what it said, what it complained about."""
        process = self.start(*arguments, **options)
        said, complained = process.communicate(timeout=100)
        return process.returncode, said, complained

    def python(self, program: str) -> None:
        """A few lines of Python with the product's settings."""
        done = subprocess.run(
            [sys.executable, "-P", "-c", program], env=self.environ(), capture_output=True, text=True, timeout=100, check=False
        )
        if done.returncode:
            raise AssertionError(done.stderr)

    def start_python(self, program: str) -> subprocess.Popen[str]:
        """The same, running."""
        command = [sys.executable, "-P", "-c", program]
        return subprocess.Popen(command, env=self.environ(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def undo_program(self) -> str:
        """What takes the only import back."""
        return _UNDO

    def open_workspace(self) -> None:
        """Tables and the workspace."""
        self.python(
            "import django; django.setup(); from django.core.management import call_command; call_command('migrate', database='owner', verbosity=0)"
        )
        self.python(_OPEN)

    def resume(self) -> None:
        """Go on with the only import."""
        self.python(_RESUME)

    def undo(self) -> None:
        """Take the only import back."""
        self.python(_UNDO)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database says, to its owner."""
        with psycopg.connect(self.server.owner_url(self.database)) as connection:
            return connection.execute(query).fetchall()

    def cut_connections(self) -> None:
        """End every connection of the app's role."""
        with psycopg.connect(self.server.superuser_url(self.database)) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s AND datname = %s",
                [roles.APP_ROLE, self.database],
            )

    def counted(self) -> dict[str, Any]:
        """How the only import stands, and the accounts there are."""
        columns = "state, done, created, updated, unchanged, skipped, failed, undone, kept"
        values = self.rows(f"SELECT {columns} FROM workspace_changeset")
        counts = dict(zip(columns.split(", "), values[0], strict=True)) if values else {"done": 0}
        counts["accounts"] = self.rows("SELECT count(*) FROM directory_account WHERE deleted_at IS NULL")[0][0]
        return counts

    def copied(self, home: Path) -> Installation:
        """Another installation that begins as this one stands."""
        name = f"test_{secrets.token_hex(6)}"
        with psycopg.connect(self.server.superuser_url("postgres"), autocommit=True) as connection:
            names = [sql.Identifier(one) for one in (name, self.database, roles.OWNER_ROLE)]
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(*names))
        self.server.create_database(name)
        return Installation(self.server, name, home)

    def mapped(self, folder: Path, **plan: Any) -> Path:
        """A mapping file."""
        path = folder / "mapping.json"
        path.write_text(json.dumps({"record": "account", **plan}), encoding="utf-8")
        return path
