from __future__ import annotations

from datetime import date

import pytest

from tenure.directory.actions.create_person import create_person
from tenure.directory.actions.delete_accounts import delete_accounts
from tenure.directory.actions.delete_people import delete_people
from tenure.directory.actions.update_person import update_person
from tenure.directory.enums import ChainRole
from tenure.directory.errors import NameMissing
from tenure.directory.lists import PEOPLE
from tenure.directory.models import Person
from tenure.directory.queries.people import decision_chain, find_champion, find_same_people, get_person
from tenure.kernel.errors import NotFound
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.lists import ListState, fetch_page
from tenure.workspace.scope import enter


def names(rows) -> list[str]:
    return [row.name for row in rows]


def mains(company, *people) -> tuple[bool, ...]:
    with enter(company.owner.ctx.scope):
        return tuple(person.refreshed().is_main for person in people)


def test_create_person_in_an_account_writes_row_keys_and_event(acme):
    account = acme.account()

    person = create_person(acme.rep.ctx, {"name": " Marit de Vries ", "email": "Marit@Hollis.example", "account": account.pk})

    assert (person.name, person.email_key, person.account_id) == ("Marit de Vries", "marit@hollis.example", account.pk)
    assert acme.event_types() == ["directory.account_created", "directory.person_created"]


def test_create_person_without_a_name_is_refused(acme):
    with pytest.raises(NameMissing):
        create_person(acme.owner.ctx, {"name": "  "})


def test_create_person_by_viewer_is_refused(acme):
    with pytest.raises(PermissionMissing):
        create_person(acme.viewer.ctx, {"name": "Marit"})


def test_person_of_another_account_is_not_there_for_an_outsider(acme):
    account, other = acme.account("Hollis"), acme.account("Kestrel")
    person = create_person(acme.owner.ctx, {"name": "Marit", "account": account.pk})
    outsider = acme.outsider_ctx(other)

    with enter(outsider.scope), pytest.raises(NotFound):
        get_person(outsider, person.pk)


def test_main_contact_gives_way_to_a_new_one_and_comes_back_by_undo(acme):
    account = acme.account()
    first = create_person(acme.owner.ctx, {"name": "Marit", "account": account.pk, "is_main": True})
    second = create_person(acme.owner.ctx, {"name": "Jan", "account": account.pk})

    changed = update_person(acme.owner.ctx, second.pk, {"is_main": True})
    after = mains(acme, first, second)
    undo_change_set(acme.owner.ctx, changed.last_change_set.pk)

    assert after == (False, True)
    assert mains(acme, first, second) == (True, False)


@pytest.mark.parametrize(
    ("text", "found"), [("mar", ["Marit de Vries"]), ("vries mar", ["Marit de Vries"]), ("jan@hol", ["Jan Bakker"]), ("x", [])]
)
def test_people_are_found_by_what_one_types(acme, text, found):
    create_person(acme.owner.ctx, {"name": "Marit de Vries"})
    create_person(acme.owner.ctx, {"name": "Jan Bakker", "email": "jan@hollis.example"})

    with enter(acme.owner.ctx.scope):
        assert names(fetch_page(acme.owner.ctx, PEOPLE, ListState(search=text, sort="name")).rows) == found


def test_same_people_share_an_address_or_a_name_within_the_account(acme):
    account = acme.account()
    create_person(acme.owner.ctx, {"name": "M. de Vries", "email": "marit@hollis.example"})
    create_person(acme.owner.ctx, {"name": "Jan Bakker", "account": account.pk})
    create_person(acme.owner.ctx, {"name": "Jan Bakker"})

    with enter(acme.owner.ctx.scope):
        by_address = find_same_people(acme.owner.ctx, email="MARIT@hollis.example", name="Someone")
        by_name = find_same_people(acme.owner.ctx, name="jan bakker", account_id=account.pk)

    assert (names(by_address), names(by_name)) == (["M. de Vries"], ["Jan Bakker"])


def test_decision_chain_stands_in_the_order_of_roles_with_leavers_last(acme):
    account = acme.account()
    for name, values in {
        "User": {"role": ChainRole.USER},
        "Gone": {"role": ChainRole.CHAMPION, "left_on": date(2026, 1, 5)},
        "Nobody": {},
        "Buyer": {"role": ChainRole.ECONOMIC_BUYER},
        "Main": {"is_main": True},
        "Champion": {"role": ChainRole.CHAMPION},
    }.items():
        create_person(acme.owner.ctx, {"name": name, "account": account.pk, **values})

    with enter(acme.owner.ctx.scope):
        assert names(decision_chain(acme.owner.ctx, account.pk)) == ["Main", "Champion", "Buyer", "User", "Nobody", "Gone"]
        assert str(find_champion(acme.owner.ctx, account.pk)) == "Champion"


def test_people_go_and_come_back_with_their_account(acme):
    account = acme.account()
    create_person(acme.owner.ctx, {"name": "Marit", "account": account.pk})

    change_set = delete_accounts(acme.owner.ctx, [account.pk])
    with enter(acme.owner.ctx.scope):
        gone = Person.objects.count()
    undo_change_set(acme.owner.ctx, change_set.pk)

    with enter(acme.owner.ctx.scope):
        assert (gone, names(Person.objects.all())) == (0, ["Marit"])


def test_delete_people_by_stranger_finds_nobody(acme, stranger):
    person = create_person(acme.owner.ctx, {"name": "Marit"})

    with pytest.raises(NotFound):
        delete_people(stranger.owner.ctx, [person.pk])
