"""Another reporting currency: whoever looks while everything is counted anew sees all of it as it was; afterwards, all as it is."""

from __future__ import annotations

import io
import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection, connections

from tenure.billing import passing_days
from tenure.billing.actions.create_subscription import create_subscription
from tenure.billing.passing_days import recount
from tenure.directory.models import Account
from tenure.kernel import clock
from tenure.workspace.actions.import_exchange_rates import import_exchange_rates
from tenure.workspace.actions.update_workspace import update_workspace
from tenure.workspace.jobs import system_context
from tenure.workspace.models import Workspace
from tenure.workspace.scope import enter
from tests.billing.world import subscribed
from tests.conftest import DATABASE
from tests.world import open_company


@pytest.fixture
def acme(committed_db):
    """Two accounts at 100.00 EUR a month each; a euro buys 1.25 dollars."""
    company = open_company("Acme", currency="EUR")
    import_exchange_rates(company.owner.ctx, io.BytesIO(b"Date,USD\n2026-01-05,1.25\n2026-11-01,1.25\n"))
    for name in ("Hollis", "Kestrel"):
        subscribed(company, company.account(name), "2026-01-06", 10_000, currency="EUR")
    return company


def seen(company) -> tuple[object, ...]:
    """What page and API say: MRR, ARR of the accounts, the currency."""
    api = company.api_key()
    revenue = api.get("/api/v1/metrics/revenue?period=2026-01-01..2026-01-31").json()
    month = next(each for each in revenue["months"] if each["month"] == "2026-01")
    accounts = api.get("/api/v1/accounts").json()["items"]
    page = company.owner.client.get(f"/{company.workspace.slug}/revenue/?period=2026-01-01..2026-01-31").content.decode()
    closing, currency = month["closing"]["amount"], month["closing"]["currency"]
    return closing, currency, sorted((one["arr"]["amount"], one["arr"]["currency"]) for one in accounts), "$" in page, "€" in page


@pytest.fixture
def halfway(acme, postgres_server, monkeypatch):
    """A recount under way: the first account is counted, the second waits until `release` is called; which returns when all is through."""
    monkeypatch.setattr(passing_days, "BATCH_ITEMS", 1)
    update_workspace(acme.owner.ctx, {"currency": "USD"})
    with enter(acme.owner.ctx.scope):
        last = Account.objects.order_by("-id").first()
    holder = psycopg.connect(postgres_server.superuser_url(DATABASE))
    holder.execute("SELECT FROM directory_account WHERE id = %s FOR UPDATE", [last.pk])
    pool = ThreadPoolExecutor(1)
    running = pool.submit(_recount, acme)
    _wait_for_its_lock(postgres_server)

    def release() -> None:
        holder.rollback()
        running.result(30)

    yield release
    holder.close()
    pool.shutdown()


def _recount(company) -> None:
    try:
        recount(system_context(company.workspace.pk), relock=True)
    finally:
        connections.close_all()


def _wait_for_its_lock(server) -> None:
    with psycopg.connect(server.superuser_url(DATABASE), autocommit=True) as watching:
        until = clock.monotonic() + 30
        while not watching.execute(
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        ).fetchall():
            assert clock.monotonic() < until, "the recount never came to the second account"
            threading.Event().wait(0.05)


def test_figures_in_the_middle_of_a_recount_are_all_as_they_were_and_then_all_as_they_are(acme, halfway):
    middle = seen(acme)
    halfway()

    assert middle == ("200.00", "EUR", [("1200.00", "EUR")] * 2, False, True)
    assert seen(acme) == ("250.00", "USD", [("1500.00", "USD")] * 2, True, False)


def test_subscription_written_in_the_middle_of_a_recount_waits_and_counts_in_the_new_currency(acme, halfway):
    late = acme.account("Late")
    values = {"account": late.pk, "plan": "Team", "starts_on": clock.now().date().replace(month=1, day=6), "net_amount": 10_000}
    ctx = acme.owner.ctx

    def write() -> None:
        try:
            create_subscription(ctx, {**values, "currency": "EUR"})
        finally:
            connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join(0.5)
    was_waiting = thread.is_alive()
    halfway()
    thread.join(30)

    assert was_waiting
    assert seen(acme)[2] == [("1500.00", "USD")] * 3


def test_currency_asked_for_another_time_while_it_counts_is_the_one_that_holds(acme, halfway):
    update_workspace(acme.owner.ctx, {"currency": "EUR"})
    halfway()

    assert seen(acme) == ("200.00", "EUR", [("1200.00", "EUR")] * 2, False, True)


def test_currency_of_a_workspace_that_sells_nothing_yet_holds_at_once(committed_db):
    company = open_company("Fresh", currency="EUR")

    update_workspace(company.owner.ctx, {"currency": "USD"})

    with enter(company.owner.ctx.scope):
        assert Workspace.objects.values_list("currency", "next_currency").get() == ("USD", "")


def test_settings_say_that_amounts_are_being_counted_in_another_currency(acme):
    update_workspace(acme.owner.ctx, {"currency": "USD"})

    page = acme.owner.client.get(f"/{acme.workspace.slug}/settings/workspace/").content.decode()
    asked = acme.api_key().get("/api/v1/workspace").json()

    assert "Every amount is being counted in USD. Until that is done, all figures stay in EUR" in page
    assert (asked["currency"], asked["next_currency"]) == ("EUR", "USD")
