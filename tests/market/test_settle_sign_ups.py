"""Sign-ups for the product: one lead an account, moved or gone when the sign-up turns out to be another's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tenure.market.actions.create_lead import create_lead
from tenure.market.actions.qualify_lead import qualify_lead
from tenure.market.actions.settle_sign_ups import SignUp, settle_sign_ups
from tenure.market.models import Lead
from tenure.workspace.scope import enter

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 3, 9, tzinfo=UTC)


def leads(company) -> list[tuple[str, datetime, str]]:
    with enter(company.owner.ctx.scope):
        return [(lead.company, lead.first_contact_at, lead.first_source) for lead in Lead.objects.order_by("id")]


def test_settle_sign_ups_makes_one_lead_with_its_first_touch(acme):
    account = acme.account("Hollis")
    sign_up = SignUp(account.pk, MONDAY, {"first_source": "google"})

    settle_sign_ups(acme.owner.ctx, [sign_up])
    settle_sign_ups(acme.owner.ctx, [sign_up])

    assert leads(acme) == [("Hollis", MONDAY, "google")]
    assert acme.event_types().count("market.lead_created") == 1


def test_settle_sign_ups_moves_the_first_contact_and_takes_a_wrong_lead_away(acme):
    account = acme.account("Hollis")
    settle_sign_ups(acme.owner.ctx, [SignUp(account.pk, TUESDAY)])

    settle_sign_ups(acme.owner.ctx, [SignUp(account.pk, MONDAY)])
    assert leads(acme) == [("Hollis", MONDAY, "")]

    settle_sign_ups(acme.owner.ctx, [SignUp(account.pk, None)])
    assert leads(acme) == []


def test_settle_sign_ups_leaves_a_lead_that_somebody_judged(acme):
    account = acme.account("Hollis")
    settle_sign_ups(acme.owner.ctx, [SignUp(account.pk, MONDAY)])
    with enter(acme.owner.ctx.scope):
        lead = Lead.objects.get()
    qualify_lead(acme.owner.ctx, lead.pk)

    settle_sign_ups(acme.owner.ctx, [SignUp(account.pk, None)])

    assert leads(acme) == [("Hollis", MONDAY, "")]


def test_settle_sign_ups_makes_no_second_lead_of_an_account(acme):
    account = acme.account("Hollis")
    create_lead(acme.owner.ctx, {"company": "Hollis", "account": account.pk, "first_contact_at": MONDAY})

    settle_sign_ups(acme.owner.ctx, [SignUp(account.pk, TUESDAY)])

    assert leads(acme) == [("Hollis", MONDAY, "")]
