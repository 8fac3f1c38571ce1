"""Exchange rates and gross margins over the API."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

API = "/api/v1"
JSON = {"content_type": "application/json"}
RATES = b"Date,USD,JPY\n2026-03-03,1.0900,165.00\n2026-03-02,1.0843,164.20\n"


def _send(api, content: bytes):
    return api.post(f"{API}/exchange-rates", {"file": SimpleUploadedFile("rates.csv", content)})


def test_exchange_rates_by_api_are_imported_once(acme):
    api = acme.api_key()

    first, second = _send(api, RATES), _send(api, RATES)

    assert first.json() == {"read": 4, "added": 4, "changed": 0, "first_on": "2026-03-02", "last_on": "2026-03-03"}
    assert (second.json()["added"], second.json()["changed"]) == (0, 0)
    assert api.get(f"{API}/exchange-rates").json()["items"] == [
        {"currency": "JPY", "per_euro": "165", "first_on": "2026-03-02", "last_on": "2026-03-03", "days": 2},
        {"currency": "USD", "per_euro": "1.09", "first_on": "2026-03-02", "last_on": "2026-03-03", "days": 2},
    ]


def test_exchange_rates_by_api_of_a_single_rate_are_read(acme):
    answer = _send(acme.api_key(), b"Date,USD\n2026-03-02,1.0843\n")

    assert (answer.status_code, answer.json()["read"], answer.json()["first_on"]) == (200, 1, "2026-03-02")


def test_exchange_rates_by_api_that_are_none_change_nothing(acme):
    api = acme.api_key()

    answer = _send(api, b"Name,City\nHollis,Delft\n")

    assert (answer.status_code, answer.json()["code"], api.get(f"{API}/exchange-rates").json()["items"]) == (
        422, "rates_unreadable", [],
    )  # fmt: skip


def test_exchange_rate_by_api_is_the_last_one_published(acme):
    """100 cents of a dollar are 1 / 1.25 euro: 0.8 cents for each; the yen has no cents: 1 / 160 euro = 0.625 cents."""
    api = acme.api_key()
    _send(api, b"Date,USD,JPY\n2026-03-02,1.25,160\n")

    dollar, yen = (api.get(f"{API}/exchange-rates/{code}?on=2026-03-05").json() for code in ("USD", "JPY"))
    before = api.get(f"{API}/exchange-rates/USD?on=2026-03-01")

    assert (dollar["into"], dollar["rate"], dollar["published_on"], dollar["is_stale"]) == ("EUR", "0.8", "2026-03-02", False)
    assert (yen["rate"], before.status_code) == ("0.625", 404)


def test_gross_margins_by_api_are_set_by_month_and_forgotten(acme):
    api, url = acme.api_key(), f"{API}/gross-margins"

    api.put(url, {"items": [{"month": "2026-01-15", "percent": "78.5"}, {"month": "2026-04-01", "percent": "80"}]}, **JSON)
    answer = api.put(url, {"items": [{"month": "2026-04-30", "percent": None}]}, **JSON)

    assert answer.json()["items"] == [{"month": "2026-01-01", "percent": "78.5"}]
    assert api.get(url).json() == answer.json()


def test_gross_margin_by_api_above_all_revenue_says_where(acme):
    answer = acme.api_key().put(f"{API}/gross-margins", {"items": [{"month": "2026-01-01", "percent": "101"}]}, **JSON)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"][:16]) == (422, "#/items/0/percen")


def test_finance_by_api_of_a_key_below_one_account_stays_as_it_is(acme):
    api = acme.api_key(account=acme.account())

    answers = [
        _send(api, RATES),
        api.put(f"{API}/gross-margins", {"items": [{"month": "2026-01-01", "percent": "1"}]}, **JSON),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
