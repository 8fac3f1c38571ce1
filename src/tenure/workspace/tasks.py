"""Jobs of the workspace room: long work, done in the worker with the rights of whoever asked for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from procrastinate import RetryStrategy

from tenure.workspace import account_mail, bulk, daily
from tenure.workspace.actions.save_import import schedule
from tenure.workspace.imports.preview import keep_preview
from tenure.workspace.imports.reading import read_files
from tenure.workspace.imports.run import carry_out
from tenure.workspace.imports.unattended import import_from_source
from tenure.workspace.jobs import installation_job, job, rescue_jobs
from tenure.workspace.mail import MAX_ATTEMPTS, deliver
from tenure.workspace.models import ImportRun, SavedImport
from tenure.workspace.queries.contexts import actor_context
from tenure.workspace.scope import enter
from tenure.workspace.undo import carry_out_undo

if TYPE_CHECKING:
    from tenure.workspace.context import Context


# After 3, 9, 27 seconds and so on: the last try comes about three hours after the first.
MAIL_RETRIES = RetryStrategy(max_attempts=MAX_ATTEMPTS, exponential_wait=3)

# What still fails then is queued again within ten minutes, as long as the day is not settled.
DAILY_RETRIES = RetryStrategy(max_attempts=3, wait=60)


@job("workspace.send_mail", retry=MAIL_RETRIES, is_rescued=True)
def send_mail(ctx: Context, *, mail: str) -> None:
    """Hand a mail to the mail server."""
    deliver(ctx, UUID(mail))


@installation_job(account_mail.JOB, retry=MAIL_RETRIES)
def send_account_mail(*, to: list[str], subject: str, text: str, html: str) -> None:
    """Hand a mail about somebody's way in to the mail server."""
    account_mail.send_account_mail(to=to, subject=subject, text=text, html=html)


@installation_job("workspace.begin_days", cron="*/10 * * * *")
def begin_days(*, timestamp: int) -> None:
    """Look every ten minutes where a new day has begun, and which jobs lost their worker."""
    del timestamp
    rescue_jobs()
    daily.begin_days()


@job(daily.JOB, retry=DAILY_RETRIES, is_rescued=True)
def settle_day(ctx: Context) -> None:
    """Do what a new day brings."""
    daily.settle_day(ctx)


@job("workspace.undo_change_set")
def undo_change_set(ctx: Context, *, change_set: str, actor_kind: str, actor_id: str | None) -> None:
    """Take a large change set back."""
    carry_out_undo(_of(ctx, actor_kind, actor_id), UUID(change_set))


@job("workspace.carry_out_bulk")
def carry_out_bulk(ctx: Context, *, change_set: str, actor_kind: str, actor_id: str | None) -> None:
    """Edit or delete a large selection."""
    bulk.carry_out(_of(ctx, actor_kind, actor_id), UUID(change_set))


@job("workspace.run_import")
def run_import(ctx: Context, *, run: str, attempt: int, actor_kind: str, actor_id: str | None) -> None:
    """Carry an import out, or go on with it."""
    carry_out(_of(ctx, actor_kind, actor_id), UUID(run), attempt)


@job("workspace.read_import")
def read_import(ctx: Context, *, run: str, actor_kind: str, actor_id: str | None) -> None:
    """Find out what big files hold."""
    read_files(_of(ctx, actor_kind, actor_id), UUID(run))


@job("workspace.preview_import")
def preview_import(ctx: Context, *, run: str, actor_kind: str, actor_id: str | None) -> None:
    """Count what a large import would do."""
    with enter(ctx.scope):
        drafted = ImportRun.objects.get(pk=UUID(run))
    keep_preview(_of(ctx, actor_kind, actor_id), drafted)


@job("workspace.import_from_source")
def import_now(ctx: Context, *, saved: str, actor_kind: str, actor_id: str | None) -> None:
    """Import what a saved import's source holds, because somebody asks for it."""
    with enter(ctx.scope):
        found = SavedImport.objects.get(pk=UUID(saved))
    import_from_source(_of(ctx, actor_kind, actor_id), found)


@job("workspace.run_saved_import")
def run_saved_import(ctx: Context, *, saved: str, due: str) -> None:
    """Look at a saved import's source, import what is new there, and plan the next look first."""
    with enter(ctx.scope):
        found = SavedImport.objects.select_for_update().filter(pk=UUID(saved), next_run_at=datetime.fromisoformat(due)).first()
        if found is None or not found.every_minutes:
            return
        found.next_run_at = ctx.now() + timedelta(minutes=found.every_minutes)
        found.save(update_fields=["next_run_at"])
        schedule(ctx, found)
    import_from_source(actor_context(ctx.workspace.pk, found.actor_kind, found.actor_id), found)


def _of(ctx: Context, actor_kind: str, actor_id: str | None) -> Context:
    return actor_context(ctx.workspace.pk, actor_kind, UUID(actor_id) if actor_id else None)
