from __future__ import annotations

from decimal import Decimal

import pytest

from tenure.billing.records import REPORTED_CHURN
from tenure.workspace.record_form import form_values, record_form
from tenure.workspace.scope import enter

MONEY = ("refund", "currency")


def form(company, **data):
    with enter(company.owner.ctx.scope):
        built = record_form(company.owner.ctx, REPORTED_CHURN, data, names=MONEY)
        built.is_valid()
    return built


@pytest.mark.parametrize(
    ("amount", "currency", "minor"), [("12.34", "EUR", 1234), ("12", "", 1200), ("500", "JPY", 500), ("1.234", "KWD", 1234)]
)
def test_record_form_reads_an_amount_in_minor_units_of_its_currency(acme, amount, currency, minor):
    assert form_values(form(acme, refund=amount, currency=currency))["refund"] == minor


def test_record_form_of_amount_with_too_many_decimals_is_refused(acme):
    assert form(acme, refund="1.5", currency="JPY").errors == {"refund": ["This has more decimals than JPY."]}


def test_record_form_shows_an_amount_in_major_units(acme):
    row = REPORTED_CHURN.build(acme.owner.ctx, {"refund": 1234, "currency": "EUR"})

    with enter(acme.owner.ctx.scope):
        built = record_form(acme.owner.ctx, REPORTED_CHURN, row=row, names=MONEY)

    assert built.initial["refund"] == Decimal("12.34")
