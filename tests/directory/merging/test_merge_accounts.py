from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tenure.directory.actions.add_note import add_note
from tenure.directory.actions.create_person import create_person
from tenure.directory.actions.create_task import create_task
from tenure.directory.actions.enter_stages import enter_stages
from tenure.directory.actions.log_activity import log_activity
from tenure.directory.actions.merge_accounts import merge_accounts
from tenure.directory.actions.merge_people import merge_people
from tenure.directory.actions.open_turns import NewTurn, open_turns
from tenure.directory.errors import MergeWithItself
from tenure.directory.models import (
    Account,
    AccountTag,
    AccountTeam,
    AccountToken,
    Activity,
    Note,
    Person,
    StageEntry,
    Task,
    TimelineEntry,
    Turn,
)
from tenure.directory.queries.aliases import resolve_accounts
from tenure.directory.stage_ledger import StageFact
from tenure.kernel.errors import NotFound
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.enums import UndoOutcome
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.models import AccountPath, ChangeRow
from tenure.workspace.scope import enter

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TABLES = (
    Account,
    AccountTag,
    AccountTeam,
    AccountToken,
    AccountPath,
    Activity,
    Note,
    Person,
    Task,
    Turn,
    StageEntry,
    TimelineEntry,
)
# What a merge and its undo may leave different: versions and instants of change.
PASSING = {"version", "updated_at", "id"}


def picture(company) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the directory, as values that can be compared."""
    with enter(company.owner.ctx.scope):
        return {
            model.__name__: sorted(
                tuple(
                    str(row[name])
                    for name in sorted(row)
                    if name not in PASSING or (name == "id" and model in (Account, Person, Turn))
                )
                for row in (getattr(model, "everything", model.objects)).values()
            )
            for model in TABLES
        }


def furnished(company, name, **values):
    """An account with something in every table."""
    account = company.account(name, **values)
    ctx = company.owner.ctx
    person = create_person(ctx, {"name": f"Main of {name}", "account": account.pk, "is_main": True})
    add_note(ctx, account.pk, f"Note of {name}")
    log_activity(ctx, {"kind": "call", "person": person.pk, "happened_at": MONDAY})
    create_task(ctx, {"title": f"Task of {name}", "account": account.pk})
    turn = open_turns(ctx, [NewTurn(f"account:{account.pk}", MONDAY, account_id=account.pk)])[f"account:{account.pk}"]
    enter_stages(ctx, [StageFact(turn, "won", MONDAY)])
    return account


def test_merge_accounts_moves_all_that_hangs_on_the_loser(acme):
    winner = furnished(acme, "Hollis", tags=["key"])
    loser = furnished(acme, "Hollis Logistics", tags=["pilot"], external_id="H-1", city="Rotterdam", success=acme.rep.member_id)
    child = acme.account("Hollis Antwerp", parent=loser.pk)

    merge_accounts(acme.owner.ctx, winner.pk, loser.pk)

    with enter(acme.owner.ctx.scope):
        row = Account.objects.get(pk=winner.pk)
        gone = Account.everything.get(pk=loser.pk)
        counts = [
            model.objects.filter(account_id=winner.pk).count() for model in (Person, Note, Activity, Task, Turn, StageEntry)
        ]
        left = [
            model.objects.filter(account_id=loser.pk).count()
            for model in (Person, Note, Activity, Task, Turn, StageEntry, TimelineEntry)
        ]
        mains = Person.objects.filter(account_id=winner.pk, is_main=True).values_list("name", flat=True)
        assert (row.external_id, row.city, row.name, row.stage) == ("H-1", "Rotterdam", "Hollis", "won")
        assert (gone.is_deleted, gone.merged_into_id) == (True, winner.pk)
        assert (counts, left) == ([2] * 6, [0] * 7)
        assert list(mains) == ["Main of Hollis"]
        assert Account.objects.get(pk=child.pk).parent_id == winner.pk
        assert sorted(AccountTag.objects.filter(account_id=winner.pk).values_list("tag", flat=True)) == ["key", "pilot"]
        assert AccountTeam.objects.get(account_id=winner.pk).member_id == acme.rep.member_id
        assert resolve_accounts(acme.owner.ctx, [loser.pk, winner.pk]) == {loser.pk: winner.pk, winner.pk: winner.pk}


def test_merge_accounts_undone_leaves_every_row_as_it_was(acme):
    parent = acme.account("Group")
    winner = furnished(acme, "Hollis", tags=["key"], domain="hollis.example")
    loser = furnished(acme, "Hollis Logistics", tags=["pilot"], external_id="H-1", parent=parent.pk, success=acme.rep.member_id)
    acme.account("Hollis Antwerp", parent=loser.pk)
    before = picture(acme)
    change_set = merge_accounts(acme.owner.ctx, winner.pk, loser.pk)
    assert picture(acme) != before

    undo_change_set(acme.owner.ctx, change_set.pk)

    after = picture(acme)
    after["TimelineEntry"] = [row for row in after["TimelineEntry"] if "merged" not in row]
    assert after == before
    with enter(acme.owner.ctx.scope):
        outcomes = set(ChangeRow.objects.filter(change_set=change_set).values_list("outcome", flat=True))
    assert outcomes == {UndoOutcome.RESTORED, UndoOutcome.REVERSED}


def test_merge_accounts_into_its_own_child_leaves_no_loop(acme):
    parent = acme.account("Group")
    loser = acme.account("Hollis", parent=parent.pk)
    middle = acme.account("Hollis Europe", parent=loser.pk)
    winner = acme.account("Hollis Logistics", parent=middle.pk)

    merge_accounts(acme.owner.ctx, winner.pk, loser.pk)

    with enter(acme.owner.ctx.scope):
        assert dict(Account.objects.values_list("name", "parent__name")) == {
            "Group": None,
            "Hollis Europe": "Hollis Logistics",
            "Hollis Logistics": "Group",
        }


def test_merge_accounts_with_itself_or_a_strangers_is_refused(acme, stranger):
    account, other = acme.account(), stranger.account()

    with pytest.raises(MergeWithItself):
        merge_accounts(acme.owner.ctx, account.pk, account.pk)
    with pytest.raises(NotFound):
        merge_accounts(acme.owner.ctx, account.pk, other.pk)
    with pytest.raises(PermissionMissing):
        merge_accounts(acme.viewer.ctx, account.pk, other.pk)


def test_merge_people_moves_what_names_them_and_undo_takes_it_back(acme):
    account = acme.account()
    ctx = acme.owner.ctx
    winner = create_person(ctx, {"name": "Marit de Vries", "account": account.pk})
    loser = create_person(
        ctx,
        {"name": "M. de Vries", "email": "marit@hollis.example", "account": account.pk, "is_main": True, "external_id": "P-1"},
    )
    log_activity(ctx, {"kind": "call", "person": loser.pk, "happened_at": MONDAY})
    create_task(ctx, {"title": "Call back", "person": loser.pk})
    before = picture(acme)

    change_set = merge_people(ctx, winner.pk, loser.pk)

    with enter(ctx.scope):
        row = Person.objects.get()
        assert (row.name, row.email_key, row.is_main, row.external_id) == ("Marit de Vries", "marit@hollis.example", True, "P-1")
        assert (Activity.objects.get().person_id, Task.objects.get().person_id, TimelineEntry.objects.get().person_id) == (
            winner.pk,
        ) * 3
    undo_change_set(ctx, change_set.pk)
    assert picture(acme) == before
