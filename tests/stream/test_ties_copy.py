"""The copy of the ties in the event store: complete after every commit, and the same whatever is killed between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tenure.stream.actions.assign_ties import assign_ties
from tenure.stream.actions.put_back_ties import put_back_ties
from tenure.stream.actions.settle_ties import Found, Lead, settle_ties
from tenure.stream.domain.spans import EVER
from tenure.stream.models import ReaderPosition, Tie
from tenure.stream.tie_book import COPY
from tenure.stream.ties_copy import copy_ties, copy_ties_once
from tenure.workspace.scope import enter
from tests.world import open_company

if TYPE_CHECKING:
    from tests.world import Company

_COPY = "SELECT subject, account FROM ties FINAL WHERE workspace = {workspace:UUID} ORDER BY subject, since"


def copied(event_store, acme: Company) -> dict:
    return dict(event_store.rows(_COPY, workspace=acme.workspace.pk))


def test_copy_has_what_was_written_and_follows_every_change(acme, event_store):
    hollis, brightwater = acme.account(), acme.account("Brightwater")
    settle_ties(acme.owner.ctx, [Found("g:1", hollis.pk, None, "external_id"), Found("u:7")], [Lead("u:7", "g:1", EVER)])

    assert copy_ties(acme.workspace.pk) == 2
    assert copied(event_store, acme) == {"g:1": hollis.pk, "u:7": hollis.pk}
    before = assign_ties(acme.owner.ctx, ["g:1"], brightwater.pk)
    assert copy_ties_once() == 2
    assert copied(event_store, acme) == {"g:1": brightwater.pk, "u:7": brightwater.pk}
    put_back_ties(acme.owner.ctx, before)
    copy_ties(acme.workspace.pk)
    assert copied(event_store, acme) == {"g:1": hollis.pk, "u:7": hollis.pk}
    assert copy_ties_once() == 0


def test_copy_killed_between_the_store_and_its_position_is_made_again_the_same(acme, event_store):
    hollis = acme.account()
    settle_ties(acme.owner.ctx, [Found("g:1", hollis.pk, None, "external_id")])
    copy_ties(acme.workspace.pk)
    assign_ties(acme.owner.ctx, ["g:1"], None)
    copy_ties(acme.workspace.pk)
    with enter(acme.owner.ctx.scope):
        ReaderPosition.objects.filter(reader=COPY).update(seq=0)

    assert copy_ties(acme.workspace.pk) == 1
    assert [account.int for account in copied(event_store, acme).values()] == [0]


def test_revisions_stay_above_the_position_where_the_newest_rows_are_gone(acme, event_store):
    for number in range(3):
        settle_ties(acme.owner.ctx, [Found(f"g:{number}")])
    copy_ties(acme.workspace.pk)
    with enter(acme.owner.ctx.scope):
        Tie.objects.filter(subject="g:2").delete()

    settle_ties(acme.owner.ctx, [Found("g:3")])

    assert copy_ties(acme.workspace.pk) == 1
    assert set(copied(event_store, acme)) >= {"g:0", "g:1", "g:3"}


def test_stranger_sees_no_ties_of_another_workspace(acme, stranger, event_store):
    settle_ties(acme.owner.ctx, [Found("g:1", acme.account().pk, None, "external_id")])
    copy_ties(acme.workspace.pk)

    with enter(stranger.owner.ctx.scope):
        assert list(Tie.objects.all()) == []
    assert copied(event_store, stranger) == {}


@pytest.mark.usefixtures("committed_db")
def test_tie_is_in_the_store_as_soon_as_it_is_committed(event_store):
    acme = open_company("Acme")
    hollis = acme.account(external_id="hollis")

    assign_ties(acme.owner.ctx, ["g:1"], hollis.pk)

    assert copied(event_store, acme) == {"g:1": hollis.pk}


@pytest.mark.usefixtures("committed_db")
def test_tie_committed_while_the_store_is_away_is_copied_when_it_is_back(event_store, settings):
    acme = open_company("Acme")
    hollis, there = acme.account(external_id="hollis"), settings.CLICKHOUSE_URL
    settings.CLICKHOUSE_URL = "http://tenure:x@127.0.0.1:9/tenure"

    assign_ties(acme.owner.ctx, ["g:1"], hollis.pk)
    settings.CLICKHOUSE_URL = there

    assert copied(event_store, acme) == {}
    assert copy_ties_once() == 1
    assert copied(event_store, acme) == {"g:1": hollis.pk}
