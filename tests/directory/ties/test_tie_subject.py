"""A member's word: the history follows at once, nobody overwrites it, and it can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tenure.directory.actions.merge_accounts import merge_accounts
from tenure.directory.actions.tie_subject import tie_subject
from tenure.directory.actions.tie_subjects import tie_subjects
from tenure.directory.actions.untie_subject import untie_subject
from tenure.directory.errors import SubjectMalformed, TooManySubjects
from tenure.kernel.errors import NotFound
from tenure.stream.actions.forget_subjects import forget_subjects
from tenure.stream.actions.move_ties import move_ties
from tenure.stream.domain.spans import EVER
from tenure.stream.models import Tie
from tenure.stream.queries.ties import list_subject_spans
from tenure.stream.queries.waiting import count_waiting, list_waiting
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.models import AuditLine
from tenure.workspace.scope import enter
from tests.directory.ties.test_who_is_who import count_of, owners, read_all, ties
from tests.stream.world import record

JANUARY, MARCH, MAY = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 3, 5))

pytestmark = pytest.mark.usefixtures("event_store")


def test_tied_subject_brings_its_history_and_whoever_follows_it(acme, event_store):
    hollis = acme.account()
    record(acme, "$group", account="unknown", user="7", at=JANUARY)
    record(acme, "Report opened", visitor="v", user="7", at=MARCH, count=3)
    read_all(acme)

    tie_subject(acme.owner.ctx, "g:unknown", hollis.pk)
    read_all(acme)

    assert owners(acme) == {"a:v": hollis.pk, "g:unknown": hollis.pk, "u:7": hollis.pk}
    assert count_of(event_store, acme, hollis) == 4
    assert acme.event_types()[-1] == "directory.subject_tied"
    with enter(acme.owner.ctx.scope):
        line = AuditLine.objects.order_by("-at", "-id")[0]
    assert (line.action, line.facts["subjects"]) == ("directory.tie_subject", ["g:unknown"])


def test_members_word_is_not_overwritten_by_what_events_say_later(acme):
    hollis, brightwater = acme.account(), acme.account("Brightwater", external_id="brightwater")
    tie_subject(acme.owner.ctx, "u:7", hollis.pk)
    record(acme, "$group", account="brightwater", user="7")
    record(acme, "$identify", user="8", company={"id": "brightwater"})
    read_all(acme)

    assert owners(acme) == {"g:brightwater": brightwater.pk, "u:7": hollis.pk, "u:8": brightwater.pk}


def test_tie_from_an_instant_on_leaves_past_usage_with_the_past_account(acme, event_store):
    hollis, brightwater = acme.account(external_id="hollis"), acme.account("Brightwater")
    record(acme, "Report opened", account="hollis", at=JANUARY, count=2)
    record(acme, "Report opened", account="hollis", at=MAY, count=3)
    read_all(acme)

    tie_subject(acme.owner.ctx, "g:hollis", brightwater.pk, since_at=MARCH)
    read_all(acme)

    assert (count_of(event_store, acme, hollis), count_of(event_store, acme, brightwater)) == (2, 3)
    with enter(acme.owner.ctx.scope):
        spans = [
            (span.account_id, span.since, span.until) for span in list_subject_spans(acme.owner.ctx, [hollis.pk, brightwater.pk])
        ]
    assert spans == [(hollis.pk, None, MARCH), (brightwater.pk, MARCH, None)]


def test_untied_subject_waits_and_undo_gives_it_back(acme, event_store):
    hollis = acme.account(external_id="hollis")
    record(acme, "Report opened", account="hollis", count=2)
    read_all(acme)

    change_set = untie_subject(acme.owner.ctx, "g:hollis")
    read_all(acme)
    assert count_of(event_store, acme, hollis) == 0
    assert [(one.subject, one.events) for one in list_waiting(acme.owner.ctx)] == [("g:hollis", 2)]
    record(acme, "$group", account="hollis")
    read_all(acme)
    assert owners(acme) == {"g:hollis": None}

    undo_change_set(acme.owner.ctx, change_set.pk)
    read_all(acme)
    assert ties(acme) == [("g:hollis", EVER, hollis.pk, "external_id")]
    assert count_waiting(acme.owner.ctx) == (0, 0)


def test_bulk_tie_is_one_change_set_whose_undo_takes_all_of_it_back(acme):
    hollis, winner = acme.account(), acme.account("Hollis Group")
    record(acme, "Report opened", account="g1")
    read_all(acme)

    change_set = tie_subjects(acme.owner.ctx, ["g:g1", "u:new", "g:g1"], hollis.pk)
    assert owners(acme) == {"g:g1": hollis.pk, "u:new": hollis.pk}
    merge_accounts(acme.owner.ctx, winner.pk, hollis.pk)
    assert owners(acme) == {"g:g1": winner.pk, "u:new": winner.pk}
    undo_change_set(acme.owner.ctx, change_set.pk)

    assert owners(acme) == {"g:g1": None, "u:new": None}


def test_undone_merge_gives_each_account_its_own_subjects_again(acme):
    winner, loser = acme.account(external_id="a"), acme.account("Hollis Ltd", external_id="b")
    record(acme, "Report opened", account="a")
    record(acme, "Report opened", account="b")
    read_all(acme)

    undo_change_set(acme.owner.ctx, merge_accounts(acme.owner.ctx, winner.pk, loser.pk).pk)

    assert owners(acme) == {"g:a": winner.pk, "g:b": loser.pk}


def test_waiting_are_found_by_kind_words_and_order_and_tied_ones_are_not_among_them(acme):
    acme.account(external_id="hollis")
    record(acme, "Report opened", account="hollis", count=9)
    record(acme, "Report opened", account="zeta", count=2, at=MARCH)
    record(acme, "Report opened", user="7", count=3, at=JANUARY)
    record(acme, "Page seen", visitor="v1", at=MAY)
    read_all(acme)
    ctx = acme.owner.ctx

    assert [one.subject for one in list_waiting(ctx)] == ["u:7", "g:zeta", "a:v1"]
    assert [one.subject for one in list_waiting(ctx, sort="last_seen")] == ["a:v1", "g:zeta", "u:7"]
    assert [one.subject for one in list_waiting(ctx, kind="group")] == ["g:zeta"]
    assert [one.subject for one in list_waiting(ctx, search="ZET", named=["u:7"])] == ["u:7", "g:zeta"]
    assert [one.subject for one in list_waiting(ctx, limit=1, offset=1)] == ["g:zeta"]
    assert count_waiting(ctx) == (3, 6)


def test_subject_must_be_one_and_the_account_within_reach(acme, stranger):
    hollis, ctx = acme.account(), acme.owner.ctx

    for subject in ("", "hollis", "g:", "g:a\x00", f"g:{'x' * 1000}"):
        with pytest.raises(SubjectMalformed):
            tie_subject(ctx, subject, hollis.pk)
    with pytest.raises(TooManySubjects):
        tie_subjects(ctx, [f"u:{number}" for number in range(501)], hollis.pk)
    with pytest.raises(NotFound):
        tie_subject(stranger.owner.ctx, "g:1", hollis.pk)
    with pytest.raises(PermissionMissing):
        tie_subject(acme.viewer.ctx, "g:1", hollis.pk)
    with pytest.raises(PermissionMissing):
        tie_subject(acme.member("Owner", name="Far", scope="subtree", account=hollis).ctx, "g:1", hollis.pk)


def test_forgotten_subjects_keep_their_account_and_moved_ones_get_another(acme):
    hollis, brightwater = acme.account(), acme.account("Brightwater")
    tie_subjects(acme.owner.ctx, ["u:ana@hollis.example", "g:1"], hollis.pk)

    pseudonyms = forget_subjects(acme.owner.ctx, ["u:ana@hollis.example"])
    assert owners(acme) == {"g:1": hollis.pk, pseudonyms["u:ana@hollis.example"]: hollis.pk}
    moved = move_ties(acme.owner.ctx, "account_id", hollis.pk, brightwater.pk)
    assert set(owners(acme).values()) == {brightwater.pk}
    move_ties(acme.owner.ctx, "account_id", brightwater.pk, hollis.pk, moved[:1])
    with enter(acme.owner.ctx.scope):
        assert Tie.objects.filter(account_id=hollis.pk).count() == 1
