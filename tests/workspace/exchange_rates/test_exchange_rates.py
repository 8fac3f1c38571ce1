from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tenure.workspace import rates_file
from tenure.workspace.actions.import_exchange_rates import import_exchange_rates
from tenure.workspace.actions.set_gross_margins import set_gross_margins
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.models import ExchangeRate
from tenure.workspace.queries.exchange_rates import Quote, find_quote, find_quotes, list_currencies
from tenure.workspace.queries.gross_margins import find_margins
from tenure.workspace.rates_file import RateInvalid, RatesUnreadable
from tenure.workspace.scope import OutsideScope, enter

FEW = "Date,USD,JPY,HRK,\n2026-01-08,1.25,160,N/A,\n2026-01-05,1.20,150,7.5345,\n2026-01-02,1.10,140,7.5,\n"
PUBLISHED = Path(__file__).parents[4] / "shared" / "data" / "ecb_fx" / "eurofxref-hist.zip"


def loaded(company, text=FEW):
    return import_exchange_rates(company.owner.ctx, io.BytesIO(text.encode()))


def zipped(text, name="eurofxref-hist.csv"):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    target.seek(0)
    return target


def quote(company, currency, on, into=""):
    with enter(company.owner.ctx.scope):
        return find_quote(company.owner.ctx, currency, date.fromisoformat(on), into=into)


def test_import_exchange_rates_reads_every_published_rate(acme):
    result = loaded(acme)

    assert (result.read, result.added, result.changed, result.first_on, result.last_on) == (
        8,
        8,
        0,
        date(2026, 1, 2),
        date(2026, 1, 8),
    )
    assert acme.event_types() == ["workspace.exchange_rates_imported"]


def test_import_exchange_rates_again_changes_only_what_differs(acme):
    loaded(acme)

    result = loaded(acme, FEW.replace("1.25", "1.26"))

    assert (result.read, result.added, result.changed) == (8, 0, 1)
    assert quote(acme, "EUR", "2026-01-08", into="USD").rate == Decimal("1.26")


def test_import_exchange_rates_zipped_is_the_same(acme):
    assert import_exchange_rates(acme.owner.ctx, zipped(FEW)).added == 8


def test_import_exchange_rates_by_viewer_is_refused(acme):
    with pytest.raises(PermissionMissing):
        import_exchange_rates(acme.viewer.ctx, io.BytesIO(FEW.encode()))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", RatesUnreadable), ("Day,USD\n2026-01-01,1\n", RatesUnreadable), ("Date,US\n", RatesUnreadable), ("Date,USD,\n", RatesUnreadable),
        ("Date,USD,USD\n2026-01-01,1,2\n", RatesUnreadable), ("Date,USD\n2026-02-30,1\n", RateInvalid), ("Date,USD\n2026-01-02,x\n", RateInvalid),
        ("Date,USD\n2026-01-02,-1\n", RateInvalid), ("Date,USD\n2026-01-02,NaN\n", RateInvalid), ("PK\x03\x04rubbish", RatesUnreadable),
    ],
)  # fmt: skip
def test_import_exchange_rates_of_bad_file_changes_nothing(acme, text, error):
    with pytest.raises(error):
        loaded(acme, text)

    with enter(acme.owner.ctx.scope):
        assert ExchangeRate.objects.count() == 0


def test_import_exchange_rates_with_bad_last_row_names_row_and_column(acme):
    with pytest.raises(RateInvalid) as refused:
        loaded(acme, FEW + "2026-01-01,abc,1,1,\n")

    assert refused.value.facts == {"row": 5, "column": "USD", "value": "abc", "expected": "number"}


def test_import_exchange_rates_of_zip_that_grows_too_large_is_refused(acme, monkeypatch):
    monkeypatch.setattr(rates_file, "MAX_BYTES", 50)

    with pytest.raises(RatesUnreadable):
        import_exchange_rates(acme.owner.ctx, zipped(FEW))


def test_find_quote_on_a_day_without_rates_takes_the_last_before(acme):
    loaded(acme)

    # 1 / 1.20 = 0.833333333333
    assert quote(acme, "USD", "2026-01-07") == Quote(Decimal("0.833333333333"), date(2026, 1, 5))


def test_find_quote_before_the_first_day_is_none(acme):
    loaded(acme)

    assert quote(acme, "USD", "2026-01-01") is None


def test_find_quote_of_currency_that_ended_is_its_last_and_says_so(acme):
    loaded(acme)

    found = quote(acme, "HRK", "2026-03-01")

    assert (found.published_on, found.is_stale(date(2026, 3, 1))) == (date(2026, 1, 5), True)


def test_find_quote_between_two_currencies_goes_over_the_euro_in_minor_units(acme):
    loaded(acme)

    # 1 JPY = 1/150 EUR = 1.20/150 USD = 0.008 USD = 0.8 cents: a yen has no minor unit, a dollar has cents
    assert quote(acme, "JPY", "2026-01-05", into="USD").rate == Decimal("0.8")


def test_find_quotes_of_the_reporting_currency_is_one(acme):
    with enter(acme.owner.ctx.scope):
        assert find_quotes(acme.owner.ctx, [("EUR", date(2026, 1, 5))]) == {
            ("EUR", date(2026, 1, 5)): Quote(Decimal(1), date(2026, 1, 5))
        }


def test_exchange_rates_are_not_seen_by_a_stranger(acme, stranger):
    loaded(acme)

    with enter(stranger.owner.ctx.scope):
        assert (ExchangeRate.objects.count(), list_currencies(stranger.owner.ctx)) == (0, [])


def test_exchange_rates_outside_a_scope_raise(acme):
    with pytest.raises(OutsideScope):
        ExchangeRate.objects.count()


def test_set_gross_margins_hold_until_another_month_says_otherwise(acme):
    ctx = acme.owner.ctx
    set_gross_margins(ctx, {date(2026, 1, 15): Decimal(70), date(2026, 3, 1): Decimal("72.5"), date(2026, 4, 1): Decimal(80)})
    set_gross_margins(ctx, {date(2026, 4, 1): None})

    with enter(ctx.scope):
        found = find_margins(ctx, [date(2025, 12, 1), date(2026, 2, 1), date(2026, 5, 31)])

    assert list(found.values()) == [None, Decimal("0.7"), Decimal("0.725")]


@pytest.mark.public_data
def test_import_exchange_rates_of_the_central_bank_gives_its_published_rates(acme):
    if not PUBLISHED.exists():
        pytest.skip(f"The public data are not there: {PUBLISHED}")
    with PUBLISHED.open("rb") as content:
        result = import_exchange_rates(acme.owner.ctx, content)

    # Read off the file's own rows: USD on 2026-10-30 is 1.1172, the last HRK row is 2022-12-30 with 7.5365.
    assert (result.first_on, result.last_on) == (date(1999, 1, 4), date(2026, 10, 30))
    assert quote(acme, "EUR", "2026-11-01", into="USD").rate == Decimal("1.1172")
    assert quote(acme, "EUR", "2024-05-01", into="HRK") == Quote(Decimal("7.5365"), date(2022, 12, 30))
    with enter(acme.owner.ctx.scope):
        assert len(list_currencies(acme.owner.ctx)) == 41
