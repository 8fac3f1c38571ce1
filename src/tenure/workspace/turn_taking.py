"""Large work of one workspace goes chunk after chunk, whoever does it: imports, the daily job, recounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def wait_for_turn(ctx: Context) -> None:
    """Hold the workspace's turn until this transaction ends; waits for the chunk of somebody else that is under way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import:{ctx.workspace.pk}"])
