"""What a passing day and another reporting currency change in billing, with no record changed."""

from __future__ import annotations

import io
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine
from procrastinate.contrib.django.models import ProcrastinateJob

from tenure.billing.models import ItemFact, MrrMovement, Subscription
from tenure.billing.passing_days import recount
from tenure.directory.models import Account
from tenure.workspace.actions.import_exchange_rates import import_exchange_rates
from tenure.workspace.actions.update_workspace import update_workspace
from tenure.workspace.daily import settle_day
from tenure.workspace.jobs import bodies, system_context
from tenure.workspace.models import OutboxEvent
from tenure.workspace.scope import enter
from tests.billing.world import subscribed
from tests.world import open_company


@contextmanager
def on(day: str):
    with time_machine.travel(datetime.fromisoformat(f"{day}T09:00+00:00"), tick=False):
        yield


def settle(company) -> None:
    settle_day(system_context(company.workspace.pk))


def standing(company) -> tuple[str, str, int | None, date | None]:
    """Stage and ARR of the only account; state and renewal of its subscription."""
    with enter(company.owner.ctx.scope):
        account, subscription = Account.objects.get(), Subscription.objects.get()
    return account.stage, subscription.state, account.arr_minor, subscription.renews_on


@pytest.mark.django_db
def test_days_that_pass_bring_start_renewal_and_end_without_any_change_of_records():
    with on("2026-01-10"):
        acme = open_company("Acme")
        subscribed(acme, acme.account(), "2026-02-01", 10_000, ends_on=date(2026, 3, 15))
        settle(acme)
    seen = [standing(acme)]
    for day in ("2026-02-01", "2026-03-01", "2026-03-15"):
        with on(day):
            settle(acme)
        seen.append(standing(acme))

    # 100.00 a month are 1,200.00 a year. The first monthly term ends on 1 March; nothing is paid from 15 March on.
    assert seen == [
        ("", "upcoming", None, date(2026, 3, 1)),
        ("onboarding", "running", 120_000, date(2026, 3, 1)),
        ("renewed", "running", 120_000, None),
        ("churned", "ended", None, None),
    ]


@pytest.mark.django_db
def test_day_settled_again_writes_nothing():
    with on("2026-01-10"):
        acme = open_company("Acme")
        subscribed(acme, acme.account(), "2026-02-01")
    with on("2026-02-02"):
        settle(acme)
        before = acme.event_types()
        with enter(acme.owner.ctx.scope):
            acme.workspace.settled_on = date(2026, 1, 9)
            acme.workspace.save(update_fields=["settled_on"])
        settle(acme)

    assert acme.event_types() == before


def rates(company) -> None:
    content = b"Date,USD\n2026-01-05,1.25\n"
    import_exchange_rates(company.owner.ctx, io.BytesIO(content))


@pytest.mark.django_db
def test_another_reporting_currency_locks_rates_anew_and_keeps_what_was_known():
    with on("2026-01-10"):
        acme = open_company("Acme", currency="EUR")
        rates(acme)
        subscribed(acme, acme.account(), "2026-01-06", 10_000, currency="EUR")
    with on("2026-01-11"):
        update_workspace(acme.owner.ctx, {"currency": "USD"})
        (job,) = ProcrastinateJob.objects.filter(task_name="billing.recount")
        assert job.args["relock"] is True

        bodies["billing.recount"](system_context(acme.workspace.pk), relock=True)
        after = _facts(acme), standing(acme)[2], _movements(acme)
        recount(system_context(acme.workspace.pk), relock=True)

    # One euro bought 1.25 dollars, so 1,200.00 EUR a year are 1,500.00 USD.
    assert after == ([(Decimal(1), False), (Decimal("1.25"), True)], 150_000, [(Decimal(1), False), (Decimal("1.25"), True)])
    assert (_facts(acme), standing(acme)[2], _movements(acme)) == after


@pytest.mark.django_db
def test_recount_is_no_news():
    with on("2026-01-10"):
        acme = open_company("Acme", currency="EUR")
        rates(acme)
        subscribed(acme, acme.account(), "2026-01-06", 10_000, currency="EUR")
        update_workspace(acme.owner.ctx, {"currency": "USD"})
        with enter(acme.owner.ctx.scope):
            before = set(OutboxEvent.objects.values_list("pk", flat=True))

        recount(system_context(acme.workspace.pk), relock=True)

    with enter(acme.owner.ctx.scope):
        told = OutboxEvent.objects.exclude(pk__in=before).exclude(type="workspace.workspace_changed")
        assert set(told.values_list("is_backfill", flat=True)) == {True}


def _facts(company) -> list[tuple[Decimal, bool]]:
    """The locked rate of each fact, and whether it stands."""
    with enter(company.owner.ctx.scope):
        rows = ItemFact.objects.order_by("recorded_at", "valid_from")
        return [(row.rate.normalize() + 0, row.superseded_at is None) for row in rows]


def _movements(company) -> list[tuple[Decimal, bool]]:
    with enter(company.owner.ctx.scope):
        rows = MrrMovement.everything.order_by("recorded_at")
        return [(row.rate.normalize() + 0, row.voided_at is None) for row in rows]
