"""Row-level security, written from the models: after every migration each scoped table gets its policy.

The policy is derived, never typed by hand, so that no table can be forgotten; `tenure doctor` and a house test compare.
Rule: DESIGN.md, Safety; docs/decisions/0002-policies-are-derived.md.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig, apps
from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

    from tenure.workspace.models.base import Scoped

# CASE instead of OR: the planner has no statistics for "no account fence" and would guess one row in two hundred.
_ACCOUNT_TEST = (
    "CASE WHEN (SELECT tenure_accounts()) IS NULL THEN true ELSE {column} = ANY((SELECT tenure_accounts())::uuid[]) END"
)
_NO_ACCOUNT_TEST = "CASE WHEN (SELECT tenure_accounts()) IS NULL THEN true ELSE false END"
_FUNCTIONS = """
CREATE OR REPLACE FUNCTION tenure_workspace() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('tenure.workspace', true), '')::uuid;
CREATE OR REPLACE FUNCTION tenure_accounts() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('tenure.accounts', true), '')::uuid[];
"""


def scoped_models() -> list[type[Scoped]]:
    """Every concrete model that carries a workspace."""
    from tenure.workspace.models.base import Scoped  # noqa: PLC0415 - apps are not ready when this module loads

    return [model for model in apps.get_models() if issubclass(model, Scoped)]


def policy_of(model: type[Scoped]) -> str:
    """The condition under which a row of `model` is seen or written, as SQL."""
    workspace = f"{model.fence_workspace} = tenure_workspace()"
    if model.fence_shared:
        return workspace
    column = model.fence_account
    account = _ACCOUNT_TEST.format(column=column) if column else _NO_ACCOUNT_TEST
    return f"{workspace} AND {account}"


def write_fences(using: str) -> None:
    """(Re)write policies and the rooms' SQL functions on the database `using`, as its owner. Idempotent."""
    with connections[using].cursor() as cursor:
        cursor.execute(_FUNCTIONS)
        tables = set(connections[using].introspection.table_names(cursor))
        for model in scoped_models():
            table = model._meta.db_table
            if table in tables:
                _fence_table(cursor, table, policy_of(model))
        for statement in room_functions():
            cursor.execute(statement)


def room_functions() -> Iterator[str]:
    """The text of every room's queries/*.sql, rooms from the lowest floor up."""
    for config in apps.get_app_configs():
        if not config.name.startswith("tenure."):
            continue
        folder = resources.files(config.name) / "queries"
        if folder.is_dir():
            for entry in sorted(folder.iterdir(), key=lambda path: path.name):
                if entry.name.endswith(".sql"):
                    yield entry.read_text(encoding="utf-8")


def _fence_table(cursor: Any, table: str, condition: str) -> None:  # noqa: ANN401 - Django's cursor wrapper has no public type
    cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    cursor.execute(f'DROP POLICY IF EXISTS fence ON "{table}"')
    cursor.execute(f'CREATE POLICY fence ON "{table}" USING ({condition}) WITH CHECK ({condition})')


def fence_after_migrate(sender: AppConfig, using: str, **_: object) -> None:
    """Django's post_migrate receiver: fences are written once, after the last app."""
    if sender.name == last_room():
        write_fences(using)


def last_room() -> str:
    """The app whose post_migrate comes last: all tables exist by then."""
    return [config.name for config in apps.get_app_configs() if config.models_module is not None][-1]


def is_fenced(model: type[Model]) -> bool:
    """Whether rows of `model` belong to a workspace."""
    from tenure.workspace.models.base import Scoped  # noqa: PLC0415 - see scoped_models

    return issubclass(model, Scoped)
