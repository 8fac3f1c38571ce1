"""The settings pages of exchange rates and gross margins."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tenure.workspace.actions.set_exchange_rate import set_exchange_rate
from tenure.workspace.actions.set_gross_margins import set_gross_margins
from tenure.workspace.enums import GrantScope
from tenure.workspace.errors import PermissionMissing, RateNotPossible
from tenure.workspace.models import ExchangeRate, GrossMargin
from tenure.workspace.scope import enter

FILE = b"Date,USD,JPY\n2026-01-06,1.0850,164.2\n2026-01-05,1.0790,N/A\n"


def url(acme, name: str) -> str:
    return f"/{acme.workspace.slug}/settings/{name}/"


def rates(acme) -> list[tuple[str, date, Decimal]]:
    with enter(acme.owner.ctx.scope):
        return list(ExchangeRate.objects.order_by("currency", "published_on").values_list("currency", "published_on", "per_euro"))


def margins(acme) -> list[tuple[date, Decimal]]:
    with enter(acme.owner.ctx.scope):
        return list(GrossMargin.objects.order_by("month").values_list("month", "percent"))


def load(acme):
    upload = SimpleUploadedFile("eurofxref-hist.csv", FILE)
    return acme.owner.client.post(url(acme, "exchange-rates") + "files/", {"file": upload})


def test_rates_page_loads_a_file_and_shows_each_currency_and_its_days(acme):
    answer = load(acme)
    shown = acme.owner.client.get(url(acme, "exchange-rates") + "?currency=USD").context

    assert answer.status_code == 303
    assert [(row["one"].currency, row["rate"]) for row in shown["rows"]] == [("JPY", "164.20"), ("USD", "1.085")]
    assert shown["days"] == [{"on": date(2026, 1, 6), "rate": "1.085"}, {"on": date(2026, 1, 5), "rate": "1.079"}]


def test_rates_page_asks_the_same_number_of_questions_for_one_currency_and_three(acme, django_assert_num_queries):
    client = acme.owner.client
    set_exchange_rate(acme.owner.ctx, "USD", date(2026, 1, 5), Decimal("1.08"))
    with django_assert_num_queries(18):
        client.get(url(acme, "exchange-rates"))
    for currency in ("GBP", "JPY"):
        set_exchange_rate(acme.owner.ctx, currency, date(2026, 1, 5), Decimal("1.5"))

    with django_assert_num_queries(18):
        assert len(client.get(url(acme, "exchange-rates")).context["rows"]) == 3


def test_rates_page_with_a_file_of_something_else_says_so_and_changes_nothing(acme):
    upload = SimpleUploadedFile("accounts.csv", b"id,name\n1,Alpha\n")

    answer = acme.owner.client.post(url(acme, "exchange-rates") + "files/", {"file": upload})

    assert (answer.status_code, "This is not a file of reference rates" in answer.content.decode(), rates(acme)) == (
        422,
        True,
        [],
    )


def test_rates_page_goes_back_in_time(acme):
    with enter(acme.owner.ctx.scope):
        ExchangeRate.objects.bulk_create(
            ExchangeRate(
                workspace=acme.workspace, currency="USD", published_on=date.fromordinal(738_000 + day), per_euro=Decimal("1.1")
            )
            for day in range(21)
        )

    first = acme.owner.client.get(url(acme, "exchange-rates")).context
    second = acme.owner.client.get(first["next_url"]).context

    assert (len(first["days"]), [day["on"] for day in second["days"]]) == (20, [date.fromordinal(738_000)])


def test_rate_by_hand_is_set_and_corrected(acme):
    for rate in ("1.08", "1.09"):
        answer = acme.owner.client.post(
            url(acme, "exchange-rates"), {"currency": "USD", "published_on": "2026-01-05", "per_euro": rate}
        )

    assert (answer.status_code, rates(acme)) == (303, [("USD", date(2026, 1, 5), Decimal("1.09"))])
    assert acme.event_types() == ["workspace.exchange_rates_imported"] * 2


@pytest.mark.parametrize(("currency", "rate"), [("EUR", "1"), ("USD", "0"), ("USD", "-1"), ("USD", "NaN"), ("USD", "Infinity")])
def test_set_exchange_rate_that_cannot_be_is_refused(acme, currency, rate):
    with pytest.raises(RateNotPossible):
        set_exchange_rate(acme.owner.ctx, currency, date(2026, 1, 5), Decimal(rate))


def test_margins_page_sets_a_year_and_forgets_an_emptied_month(acme):
    set_gross_margins(acme.owner.ctx, {date(2025, 6, 1): Decimal(70), date(2026, 3, 1): Decimal(75)})
    given = {f"2026-{month:02}": "" for month in range(1, 13)} | {"2026-05": "81.5"}

    answer = acme.owner.client.post(url(acme, "gross-margins") + "?year=2026", given)

    assert (answer.status_code, answer["Location"].partition("?")[2]) == (303, "year=2026")
    assert margins(acme) == [(date(2025, 6, 1), Decimal("70.000")), (date(2026, 5, 1), Decimal("81.500"))]


def test_margins_page_shows_what_holds_where_a_month_has_none_of_its_own(acme):
    set_gross_margins(acme.owner.ctx, {date(2025, 6, 1): Decimal(70), date(2026, 3, 1): Decimal(75)})

    form = acme.owner.client.get(url(acme, "gross-margins") + "?year=2026").context["form"]

    held = [(field.initial, field.widget.attrs["placeholder"]) for field in list(form.fields.values())[:4]]
    assert held == [(None, "70"), (None, "70"), (Decimal(75), "70"), (None, "75")]


def test_margins_page_with_more_than_all_says_so(acme):
    answer = acme.owner.client.post(url(acme, "gross-margins") + "?year=2026", {"2026-05": "101"})

    assert (answer.status_code, margins(acme)) == (422, [])


@pytest.mark.parametrize("name", ["exchange-rates", "gross-margins"])
def test_finance_pages_need_a_right_over_the_whole_workspace(acme, name):
    local = acme.member("Owner", name="Local", scope=GrantScope.SUBTREE, account=acme.account())

    assert [persona.client.get(url(acme, name)).status_code for persona in (acme.rep, local)] == [403, 403]


def test_set_exchange_rate_by_an_administrator_of_one_account_is_refused(acme):
    local = acme.member("Owner", name="Local", scope=GrantScope.SUBTREE, account=acme.account())

    with pytest.raises(PermissionMissing):
        set_exchange_rate(local.ctx, "USD", date(2026, 1, 5), Decimal("1.08"))
