from __future__ import annotations

from tenure.workspace.actions.adopt_currency import adopt_currency
from tenure.workspace.models import Workspace
from tenure.workspace.scope import enter


def asked_for(company, currency: str) -> None:
    with enter(company.owner.ctx.scope):
        Workspace.objects.update(next_currency=currency)


def currencies(company) -> tuple[str, str]:
    with enter(company.owner.ctx.scope):
        return Workspace.objects.values_list("currency", "next_currency").get()


def test_adopt_currency_reports_in_what_was_asked_for_once(acme):
    asked_for(acme, "USD")
    before = acme.event_types()

    answers = [adopt_currency(acme.owner.ctx, "USD") for _ in range(2)]

    assert (answers, currencies(acme)) == ([True, True], ("USD", ""))
    assert acme.event_types() == [*before, "workspace.workspace_changed"]


def test_adopt_currency_that_nobody_asks_for_any_more_changes_nothing(acme):
    asked_for(acme, "GBP")

    assert adopt_currency(acme.owner.ctx, "USD") is False
    assert currencies(acme) == ("EUR", "GBP")
