"""The daily job: once for each civil day of a workspace, by its own clock, with everything that was missed, and never twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from tenure.directory.actions.create_task import create_task
from tenure.directory.actions.finish_task import finish_task
from tenure.kernel import clock
from tenure.workspace import daily
from tenure.workspace.daily import DayNotSettled, begin_days, settle_day
from tenure.workspace.jobs import bodies, rescue_jobs, system_context
from tenure.workspace.models import Notification, OutgoingMail, Workspace
from tenure.workspace.notifying import sentence_of
from tenure.workspace.scope import enter
from tests.world import open_company


@pytest.fixture
def steps(monkeypatch):
    """The only step, which remembers the days it was given."""
    given: list[tuple[date, date]] = []
    monkeypatch.setattr(daily, "_steps", {"test": lambda _ctx, since, today: given.append((since, today))})
    return given


def settled_up_to(acme) -> date | None:
    with enter(acme.owner.ctx.scope):
        return Workspace.objects.get().settled_on


def on(day: str, hour: int = 9):
    return time_machine.travel(datetime.fromisoformat(f"{day}T{hour:02}:00+00:00"), tick=False)


def settle(acme) -> None:
    settle_day(system_context(acme.workspace.pk))


@pytest.mark.django_db
def test_day_is_settled_once_and_days_missed_are_caught_up(steps):
    with on("2026-03-02"):
        acme = open_company("Acme")
        settle(acme)
        settle(acme)
    with on("2026-03-06"):
        settle(acme)

    assert steps == [(date(2026, 3, 1), date(2026, 3, 2)), (date(2026, 3, 2), date(2026, 3, 6))]
    assert settled_up_to(acme) == date(2026, 3, 6)


@pytest.mark.django_db
def test_day_whose_step_fails_is_settled_again_after_the_others_were_done(monkeypatch):
    done: list[str] = []

    def failing(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(daily, "_steps", {"bad": failing, "good": lambda *_: done.append("good")})
    acme = open_company("Acme")

    with pytest.raises(DayNotSettled, match="bad"):
        settle(acme)

    assert (done, settled_up_to(acme)) == (["good"], None)


@pytest.mark.django_db
def test_new_days_are_queued_by_each_workspaces_own_clock_and_once(steps):
    with on("2026-03-02", 20):
        here, east = open_company("Acme"), open_company("East", zone="Asia/Shanghai")
        for company in (here, east):
            settle(company)

    with on("2026-03-02", 22):
        queued = begin_days(), begin_days()

    # 22:00 in UTC is already 06:00 of the next day in Shanghai, whose 20:00 UTC was 04:00 of that same day: nothing is new yet.
    assert queued == (0, 0)
    with on("2026-03-03", 1):
        queued = begin_days(), begin_days()
    jobs = ProcrastinateJob.objects.filter(task_name="workspace.settle_day")
    assert queued == (1, 0)
    assert [job.args["workspace"] for job in jobs] == [str(here.workspace.pk)]


@pytest.mark.django_db
def test_job_of_the_clock_begins_days(steps):
    company = open_company("Acme")

    bodies["workspace.begin_days"](timestamp=0)

    (job,) = ProcrastinateJob.objects.filter(task_name="workspace.settle_day")
    bodies["workspace.settle_day"](system_context(company.workspace.pk))
    assert (job.args, len(steps)) == ({"workspace": str(company.workspace.pk)}, 1)


def test_reminder_comes_on_its_day_once_and_again_for_another_day(acme):
    today = acme.owner.ctx.today()
    create_task(acme.owner.ctx, {"title": "Call Marit", "assignee": acme.rep.member_id, "remind_on": today + timedelta(days=2)})
    done = create_task(acme.owner.ctx, {"title": "Done", "remind_on": today + timedelta(days=2)})
    finish_task(acme.owner.ctx, done.pk)

    told = []
    for days in (1, 2, 3):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            settle(acme)
            settle(acme)
        with enter(acme.owner.ctx.scope):
            told.append([(row.member_id, sentence_of(row)) for row in Notification.objects.all()])

    reminder = (acme.rep.member_id, "You wanted to be reminded: Call Marit")
    assert told == [[], [reminder], [reminder]]


def test_day_lets_old_notifications_and_mails_go(acme):
    ctx = acme.owner.ctx
    with enter(ctx.scope):
        old = ctx.now() - timedelta(days=91)
        Notification.objects.create(
            workspace=acme.workspace, member_id=acme.owner.member_id, kind="x", source_id=acme.workspace.pk, at=old
        )
        OutgoingMail.objects.create(
            workspace=acme.workspace, kind="notification", state="kept", to_address="a@b.example", subject="x", created_at=old
        )

    settle(acme)

    with enter(ctx.scope):
        assert (Notification.objects.count(), OutgoingMail.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_job_whose_worker_went_away_is_queued_again_where_that_is_safe(steps):
    open_company("Acme")
    begin_days()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, status) VALUES ('workspace.run_import', 'default', 'doing')"
        )
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'workspace.settle_day'")

    rescued = rescue_jobs()

    standing = dict(ProcrastinateJob.objects.values_list("task_name", "status"))
    assert (rescued, standing) == (1, {"workspace.settle_day": "todo", "workspace.run_import": "doing"})
