"""Commands that work inside one workspace, as Tenure itself: whoever may run them owns the installation."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from tenure.config.cli.first_start import answering_database, prepared_environment
from tenure.config.problems import SetupProblem
from tenure.kernel.errors import DomainError

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def with_workspace(slug: str, work: Callable[[Context], int]) -> int:
    """Do `work` in the workspace at this address, the database running meanwhile. Raises SetupProblem, also for what the domain refuses."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenure.config.settings")
    with answering_database(prepared_environment()):
        import django  # noqa: PLC0415 - settings are read once the home is known

        django.setup()
        try:
            return work(workspace_context(slug))
        except DomainError as error:
            raise SetupProblem(str(error)) from error


def workspace_context(slug: str) -> Context:
    """Tenure itself in the workspace of that address. The owner's connection finds it: the app's sees none before a scope."""
    from django.db import connections  # noqa: PLC0415 - models need the settings

    from tenure.workspace.jobs import system_context  # noqa: PLC0415

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT id FROM workspace_workspace WHERE slug = %s", [slug])
        found = cursor.fetchone()
        cursor.execute("SELECT slug FROM workspace_workspace ORDER BY slug LIMIT 10")
        known = ", ".join(row[0] for row in cursor.fetchall())
    connections["owner"].close()
    if found is None:
        raise SetupProblem(f"There is no workspace {slug}. There are: {known or 'none yet'}.")
    return system_context(found[0])
