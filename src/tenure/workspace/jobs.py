"""Long work by name: queued in the transaction that asks for it, run by the worker inside the workspace's scope.

Rule: HOUSE rule 2. procrastinate keeps the queue in PostgreSQL.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from asgiref.sync import async_to_sync
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

if TYPE_CHECKING:
    from datetime import datetime

    from procrastinate import BaseRetryStrategy

    from tenure.workspace.context import Context

Body = Callable[..., None]

bodies: dict[str, Body] = {}
_rescued: set[str] = set()


def job(
    name: str, *, queue: str = "default", retry: BaseRetryStrategy | None = None, is_rescued: bool = False
) -> Callable[[Body], Body]:
    """Declare `body(ctx, **arguments)` as the job `name`. The body opens its own transactions: `with enter(ctx.scope)`.

    retry: when it is tried again after it raised; by default it is not. is_rescued: whether it is done again when its worker went
    away in the middle (rescue_jobs); only for bodies that two workers may run at once.
    """

    def declare(body: Body) -> Body:
        bodies[name] = body

        @functools.wraps(body)
        def run(workspace: str, **arguments: Any) -> None:  # noqa: ANN401 - a job's own arguments
            body(system_context(UUID(workspace)), **arguments)

        app.task(name=name, queue=queue, retry=retry or False)(run)
        if is_rescued:
            _rescued.add(name)
        return body

    return declare


def installation_job(name: str, *, retry: BaseRetryStrategy | None = None, cron: str = "") -> Callable[[Body], Body]:
    """Declare `body(**arguments)` as a job of the installation itself, in no workspace.

    cron: when it runs by itself, in UTC; such a body gets `timestamp`, the second it was due.
    """

    def declare(body: Body) -> Body:
        bodies[name] = body
        task = app.task(name=name, retry=retry or False)(body)
        if cron:
            app.periodic(cron=cron)(task)
        return body

    return declare


def rescue_jobs() -> int:
    """Queue the rescued jobs again whose worker gave no sign of life for half a minute; returns how many."""
    return async_to_sync(_rescue)()


async def _rescue() -> int:
    found = [one for name in sorted(_rescued) for one in await app.job_manager.get_stalled_jobs(task_name=name)]
    for one in found:
        await app.job_manager.retry_job(one)
    return len(found)


def defer_job(name: str, **arguments: Any) -> None:  # noqa: ANN401 - a job's own arguments
    """Queue the job in the current transaction."""
    app.configure_task(name, allow_unknown=True).defer(**arguments)


def defer_job_at(name: str, at: datetime, **arguments: Any) -> None:  # noqa: ANN401 - a job's own arguments
    """Queue the job in the current transaction, to be done at an instant."""
    app.configure_task(name, allow_unknown=True, schedule_at=at).defer(**arguments)


def defer_once_everywhere(name: str) -> int:
    """Queue the job for every workspace where it does not wait already; returns for how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workspace_id FROM list_settled_days()")
        found = [workspace_id for (workspace_id,) in cursor.fetchall()]
    queued = 0
    for workspace_id in found:
        once = app.configure_task(name, allow_unknown=True, queueing_lock=f"{name}:{workspace_id}")
        try:
            with transaction.atomic():
                once.defer(workspace=str(workspace_id))
        except AlreadyEnqueued:
            continue
        queued += 1
    return queued


def system_context(workspace_id: UUID) -> Context:
    """Tenure itself, at work in this workspace."""
    from tenure.workspace.context import Context  # noqa: PLC0415 - a context can defer jobs, a job needs a context
    from tenure.workspace.models import Workspace  # noqa: PLC0415
    from tenure.workspace.scope import Scope, enter  # noqa: PLC0415

    with enter(Scope(workspace_id)):
        return Context.of_system(Workspace.objects.get())
