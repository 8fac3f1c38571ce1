"""What benches stand on: a throw-away installation with one workspace, filled by its owner, measured as the app's restricted role."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from tenure.config.cli.django_commands import migrate
from tenure.config.cli.first_start import answering_database, prepared_environment
from tenure.config.embedded.urls import database_urls

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context


@dataclass(frozen=True)
class BenchWorld:
    """One workspace. `owner_url` is for filling tables quickly; figures are taken as the app's role, through Django."""

    workspace_id: UUID
    slug: str
    user: Any
    owner_url: str
    app_url: str
    ctx: Context


@contextmanager
def bench_world(folder: Path) -> Iterator[BenchWorld]:
    """A fresh installation in `folder`, its own server, one workspace with its owner."""
    folder.chmod(0o711)
    os.environ["TENURE_HOME"] = str(folder / "home")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tenure.config.settings"
    environment = replace(prepared_environment(), allowed_hosts=("testserver",))
    with answering_database(environment):
        migrate(environment)
        import django  # noqa: PLC0415 - settings are read from the home made above

        django.setup()
        urls = database_urls(environment)
        _point_at(urls)
        yield _open_world(urls)


def _point_at(urls: dict[str, str]) -> None:
    """Settings are read once a process: the second world of a bench has a server of its own."""
    from django.db import connections  # noqa: PLC0415 - see bench_world

    from tenure.config.settings import _database  # noqa: PLC0415

    for alias, role in (("default", "app"), ("owner", "owner")):
        connections[alias].settings_dict.update(_database(urls[role], pooled=alias == "default"))


def _open_world(urls: dict[str, str]) -> BenchWorld:
    from django.conf import settings  # noqa: PLC0415 - see bench_world

    from tenure.workspace.actions.open_workspace import new_workspace_context, open_workspace  # noqa: PLC0415
    from tenure.workspace.models import Member, User  # noqa: PLC0415
    from tenure.workspace.queries.contexts import member_context  # noqa: PLC0415
    from tenure.workspace.scope import enter  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    opening = new_workspace_context("Bench")
    user = User.objects.create_user("owner@bench.example", None, name="Owner")
    workspace = open_workspace(opening, user)
    with enter(opening.scope):
        member = Member.objects.get()
    return BenchWorld(workspace.pk, workspace.slug, user, urls["owner"], urls["app"], member_context(workspace.pk, member.pk))


def signed_in(user: Any) -> Any:  # noqa: ANN401 - Django's test client
    """A client that asks for pages as this user."""
    from django.test import Client  # noqa: PLC0415 - see bench_world

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def copy_in(connection: psycopg.Connection[Any], table: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    """COPY rows into a table, as its owner."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def forget_connections() -> None:
    """Let go of a server that has gone, before the next world is made in this process."""
    from django.db import connections  # noqa: PLC0415 - see bench_world

    for connection in connections.all(initialized_only=True):
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
