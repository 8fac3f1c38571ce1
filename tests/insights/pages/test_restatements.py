"""The restatement log through real records: late facts, corrections, and history that came after the month."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine

from tenure.billing.actions.change_item import change_item
from tenure.billing.actions.delete_subscriptions import delete_subscriptions
from tenure.billing.actions.end_subscription import end_subscription
from tenure.billing.models import MrrMovement
from tenure.insights.domain.restatements import Figure, added_up, reported_at
from tenure.insights.queries.restatements import AskedMonth, changes_since, known_months
from tenure.insights.reports.restatements import restatements
from tenure.workspace.scope import enter
from tests.billing.world import subscribed

PAGE = "revenue/restatements/"
TODAY = "2026-07-01T12:00Z"


def at(instant):
    return time_machine.travel(instant, tick=False)


def report(company, now=TODAY, **parameters):
    with at(now), enter(company.owner.ctx.scope):
        return restatements(company.owner.ctx, parameters)


def get(company, path="", now=TODAY, persona=None):
    with at(now):
        return (persona or company.owner).client.get(f"/{company.workspace.slug}/{PAGE}{path}")


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def figures(found):
    """(month, figures restated) of the months, and euros and shares then and now of the first of them."""
    return [(f"{month.figures.month:%Y-%m}", month.figures.restated) for month in found.months]


@pytest.fixture
def credited(acme):
    """Two customers since 2025, known at once; of one a cheaper price from March 2026 becomes known on 20 April."""
    with at("2025-01-02T09:00Z"):
        hollis, kestrel = acme.account("Hollis Logistics"), acme.account("Kestrel Freight")
        first = subscribed(acme, hollis, "2025-01-02", 60_000)
        subscribed(acme, kestrel, "2025-01-02", 40_000)
    with at("2026-04-20T10:00Z"):
        change_item(acme.owner.ctx, first.pk, on=date(2026, 3, 10), values={"net_amount": 55_000})
    return acme


def test_late_credit_restates_the_months_reported_without_it_and_no_other(credited):
    found = report(credited, period="6m")

    # March was reported on 5 April; April's report, at the end of 5 May, knew of it already.
    assert figures(found) == [
        ("2026-05", []),
        ("2026-04", []),
        ("2026-03", [Figure.MRR, Figure.NRR, Figure.GRR]),
        ("2026-02", []),
        ("2026-01", []),
    ]
    march = found.months[2].figures
    assert march.reported is not None
    # 600 + 400 a year before and when reported; 550 + 400 now: 95 %.
    assert (march.reported.mrr, march.now.mrr) == (100_000, 95_000)
    assert (march.reported.nrr, float(march.now.nrr)) == (1, 0.95)
    assert [(one.change.account, one.change.kind, one.effect) for one in found.months[2].reasons] == [
        ("Hollis Logistics", "contraction", -5000)
    ]


def test_page_says_what_was_reported_what_is_known_now_and_why(credited):
    page = words(get(credited))

    assert "March 2026: NRR was 100.0% when reported, is 95.0% now, because of this movement." in page
    assert "March 2026: MRR was € 1,000 when reported, is € 950 now, because of this movement:" in page
    assert "Contraction -€ 50.00 , recorded on Apr 20, 2026 · Edit “Team” by" in page


def test_page_of_one_month_leads_to_the_records(credited):
    with enter(credited.owner.ctx.scope):
        movement = MrrMovement.objects.get(kind="contraction")

    page = get(credited, "?month=2026-03").content.decode()

    assert "March 2026, restated" in page
    assert f'href="/{credited.workspace.slug}/mrr-movements/{movement.pk}/"' in page
    assert f'href="/{credited.workspace.slug}/accounts/{movement.account_id}/?tab=money"' in page


def test_files_have_a_row_for_each_month_and_for_each_movement(credited):
    months = get(credited, "?period=6m&format=csv").content.decode("utf-8-sig").splitlines()
    movements = get(credited, "?month=2026-03&format=csv").content.decode("utf-8-sig").splitlines()

    assert len(months) == 6
    assert months[3] == "2026-03,2026-04-06T00:00:00+00:00,,1000.00,950.00,1,0.95,1,0.95,0,0,1"
    assert movements[1].split(",")[:5] == ["Hollis Logistics", "Team", "contraction", "2026-03-10", "-50.00"]


def test_api_answers_what_was_reported_when(credited):
    api = credited.api_key()

    with at(TODAY):
        answer = api.get("/api/v1/metrics/restatements?month=2026-03").json()

    month = answer["months"][0]
    assert (month["month"], month["known_at"], month["restated"]) == ("2026-03", "2026-04-06T00:00:00Z", ["mrr", "nrr", "grr"])
    assert (month["reported"]["nrr"], month["now"]["nrr"]) == ("1", "0.95")
    assert [(one["kind"], one["effect"]["amount"], one["voided_at"], one["explains"]) for one in month["movements"]] == [
        ("contraction", "-50.00", None, ["mrr", "nrr", "grr"])
    ]


def test_history_loaded_after_the_months_is_first_known_and_not_restated(acme):
    with at("2026-05-20T10:00Z"):
        subscribed(acme, acme.account(), "2025-01-02")

    found = report(acme)

    assert [month.figures.restated for month in found.months] == [[]] * 17
    assert {f"{month.figures.first_known_at:%Y-%m-%d}" for month in found.months[1:]} == {"2026-05-20"}
    assert found.months[0].figures.reported is not None
    page = words(get(acme))
    assert "first known on May 20, 2026" in page
    assert "Nothing has been restated" in page


def test_late_churn_restates_customer_churn_and_a_late_customer_only_mrr(acme):
    with at("2026-01-02T09:00Z"):
        left = subscribed(acme, acme.account("Left"), "2026-01-02")
        subscribed(acme, acme.account("Stays"), "2026-01-02")
    with at("2026-05-01T09:00Z"):
        end_subscription(acme.owner.ctx, left.pk, ends_on=date(2026, 3, 15), notice_on=date(2026, 3, 1))
        subscribed(acme, acme.account("Late"), "2026-03-20", 30_000)

    march = report(acme, month="2026-03").months[0]

    assert march.figures.restated == [Figure.MRR, Figure.CUSTOMER_CHURN]
    assert march.figures.reported is not None
    assert (march.figures.reported.customer_churn, float(march.figures.now.customer_churn)) == (0, 0.5)
    assert [one.change.account for one in march.reasons_of(Figure.CUSTOMER_CHURN)] == ["Left"]
    assert [one.change.account for one in march.reasons_of(Figure.MRR)] == ["Late", "Left"]


def test_subscription_deleted_later_is_said_to_be_no_longer_true(acme):
    with at("2026-01-02T09:00Z"):
        gone = subscribed(acme, acme.account("Mistake"), "2026-01-02")
        subscribed(acme, acme.account("Stays"), "2026-01-02")
    with at("2026-06-01T09:00Z"):
        delete_subscriptions(acme.owner.ctx, [gone.pk])

    march = report(acme, month="2026-03").months[0]

    assert [(one.change.account, one.is_void, one.effect) for one in march.reasons] == [("Mistake", True, -10_000)]
    assert march.reasons[0].cause is not None
    assert march.reasons[0].cause.kind == "bulk_delete"
    assert "no longer true since Jun 1, 2026" in words(get(acme))


def test_sums_of_the_statement_are_those_of_the_domain(credited):
    month = AskedMonth(date(2026, 3, 1), reported_at(date(2026, 3, 1), credited.workspace.tz))

    with at(TODAY), enter(credited.owner.ctx.scope):
        known = known_months(credited.owner.ctx, [month])[0]
        change = changes_since(credited.owner.ctx, [month], 10)[0]

    # The parent that changed, and the other one, which paid 400 all along.
    other = type(change.now)(*([change.now.year_ago * 2 / 3] * 4))
    assert known.now == added_up([change.now, other])
    assert known.then == added_up([change.then, other])


def test_page_without_movements_and_of_a_month_that_stands(acme):
    assert "Nothing has been restated" in words(get(acme))
    assert "This month stands as it was reported." in words(get(acme, "?month=2026-03"))
    assert get(acme, "?month=yesterday").status_code == 422


def test_page_by_a_member_of_one_account_tells_only_of_it(credited):
    with enter(credited.owner.ctx.scope):
        kestrel = MrrMovement.objects.select_related("account").get(account__name="Kestrel Freight").account
    member = credited.member("Viewer", name="Of Kestrel", scope="subtree", account=kestrel)

    page = words(get(credited, persona=member))

    assert "Nothing has been restated" in page
    assert "€ 400" in page


def test_page_by_stranger_is_not_there(credited, stranger):
    assert get(credited, persona=stranger.owner).status_code == 404
