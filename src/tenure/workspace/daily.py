"""What happens because a day has passed, and nobody did anything: each room's steps, once a civil day of each workspace.

Every ten minutes the worker looks which workspaces have a new day by their own clock (`begin_days`), and queues `workspace.settle_day`
for them. `Workspace.settled_on` says up to which day all steps are done; a step gets all days since, so that an installation that was
off for a week catches up. Steps open their own transactions and are idempotent: what failed is done again, as a whole.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from tenure.kernel import clock
from tenure.workspace.mail import MAIL_KEPT, sweep_mail
from tenure.workspace.models import Notification, Workspace
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from tenure.workspace.context import Context

    # (ctx, since, today): the days after `since` up to `today` have come.
    Step = Callable[[Context, date, date], object]

JOB = "workspace.settle_day"
log = structlog.get_logger(__name__)
_steps: dict[str, Step] = {}


class DayNotSettled(Exception):
    """Some steps of a day failed; the day is settled again later."""


def register_daily(name: str, step: Step) -> None:
    """Have `step` run once for every new day of each workspace."""
    _steps[name] = step


def begin_days() -> int:
    """Queue the daily work of every workspace where a new day has begun; returns how many were queued. Idempotent while they wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workspace_id, settled_on, zone FROM list_settled_days()")
        found = [workspace_id for workspace_id, settled_on, zone in cursor.fetchall() if _is_new(settled_on, zone)]
    queued = 0
    for workspace_id in found:
        key = f"{JOB}:{workspace_id}"
        try:
            with transaction.atomic():
                app.configure_task(JOB, allow_unknown=True, queueing_lock=key).defer(workspace=str(workspace_id))
        except AlreadyEnqueued:
            continue
        queued += 1
    return queued


def _is_new(settled_on: date | None, zone: str) -> bool:
    return settled_on is None or settled_on < clock.now().astimezone(ZoneInfo(zone)).date()


def settle_day(ctx: Context) -> None:
    """Do all steps for the days since the last one that was settled. Raises DayNotSettled where one failed, after the others."""
    today = ctx.today()
    with enter(ctx.scope):
        workspace: Workspace = Workspace.objects.get()
    since = workspace.settled_on or workspace.created_at.astimezone(workspace.tz).date() - timedelta(days=1)
    if since >= today:
        return
    failed = [name for name, step in _steps.items() if not _done(ctx, name, step, since, today)]
    if failed:
        raise DayNotSettled(", ".join(failed))
    with enter(ctx.scope):
        Workspace.objects.exclude(settled_on__gte=today).update(settled_on=today)


def _done(ctx: Context, name: str, step: Step, since: date, today: date) -> bool:
    try:
        step(ctx, since, today)
    except Exception:
        log.exception("daily_step_failed", step=name, workspace=str(ctx.workspace.pk))
        return False
    return True


def sweep(ctx: Context, _since: date, _today: date) -> None:
    """Let go what was kept for a while: texts of mails, mails, notifications of more than 90 days ago."""
    with enter(ctx.scope):
        sweep_mail(ctx)
        Notification.objects.filter(at__lt=ctx.now() - MAIL_KEPT).delete()
