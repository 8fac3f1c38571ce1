from __future__ import annotations

from tenure.directory.models import Person
from tenure.market.models import Lead
from tenure.workspace.lists.words import known_words
from tenure.workspace.scope import Scope, enter
from tests.workspace.imports.runs import imported


def _leads(company, *personas):
    rows = "".join(f"{number},x{number}@example.com,{persona}\n" for number, persona in enumerate(personas))
    imported(company.owner.ctx, f"external_id,email,persona\n{rows}", record="lead")


def test_known_words_are_each_word_once_in_order_and_no_empty_one(acme, stranger):
    _leads(acme, "Buyer", "", "User", "Buyer", "Admin", "User")
    _leads(stranger, "Stranger")

    with enter(acme.owner.ctx.scope):
        assert known_words(Lead, "persona", 10) == ["Admin", "Buyer", "User"]
        assert known_words(Lead, "persona", 2) == ["Admin", "Buyer"]


def test_known_words_within_an_accounts_fence_are_its_own(acme):
    inside, outside = acme.account("Alpha", external_id="A"), acme.account("Beta", external_id="B")
    imported(acme.owner.ctx, "external_id,name,account,persona\n1,Ida,A,Buyer\n2,Bo,B,User\n", record="person")

    with enter(Scope(acme.workspace.pk, frozenset({inside.pk}))):
        assert known_words(Person, "persona", 10) == ["Buyer"]
    with enter(Scope(acme.workspace.pk, frozenset({outside.pk}))):
        assert known_words(Person, "persona", 10) == ["User"]
