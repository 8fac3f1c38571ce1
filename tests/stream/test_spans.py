"""Whose a subject is, as time goes by: the rules, without rows."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from tenure.stream.domain.spans import EVER, MEMBER, Span, assigned, followed, led, named, span_at, told_at

HOLLIS, BRIGHTWATER, ANA = UUID(int=1), UUID(int=2), UUID(int=3)
JANUARY, MARCH, MAY = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 3, 5))


def test_first_leader_reaches_over_all_history_and_another_one_begins_when_it_is_named():
    spans = led((), "g:hollis", MARCH)
    spans = led(spans, "g:hollis", JANUARY)
    spans = led(spans, "g:brightwater", MAY)

    assert [(span.since, span.follows) for span in spans] == [(EVER, "g:hollis"), (MAY, "g:brightwater")]


def test_follower_has_the_spans_of_its_leader_within_its_own():
    spans = (Span(follows="g:hollis"), Span(since=MAY, follows="g:brightwater"))
    leaders = {
        "g:hollis": (Span(account=HOLLIS), Span(since=MARCH, account=BRIGHTWATER), Span(since=datetime(2026, 6, 1, tzinfo=UTC))),
        "g:brightwater": (Span(account=BRIGHTWATER),),
    }

    found = followed(spans, leaders)

    assert [(span.since, span.account, span.reason) for span in found] == [
        (EVER, HOLLIS, "group"),
        (MARCH, BRIGHTWATER, "group"),
        (MAY, BRIGHTWATER, "group"),
    ]
    assert followed(found, leaders) == found


def test_leader_without_account_takes_nothing_from_what_the_follower_knows_itself():
    spans = named(led((), "g:unknown", MARCH), HOLLIS, ANA, "email")

    assert followed(spans, {"g:unknown": (Span(),)})[0] == Span(account=HOLLIS, person=ANA, follows="g:unknown", reason="email")
    tied = followed(spans, {"g:unknown": (Span(account=BRIGHTWATER),)})
    assert (tied[0].account, tied[0].reason) == (BRIGHTWATER, "group")
    assert followed(tied, {"g:unknown": (Span(),)})[0].account is None


def test_visitor_is_the_person_that_the_user_is():
    assert followed((Span(follows="u:7"),), {"u:7": (Span(account=HOLLIS, person=ANA, reason="email"),)}) == (
        Span(account=HOLLIS, person=ANA, follows="u:7", reason="user"),
    )


def test_members_word_stands_against_groups_and_look_ups():
    spans = assigned((), HOLLIS, EVER, by=ANA)

    assert named(led(spans, "g:brightwater", MAY), BRIGHTWATER, None, "domain") == spans
    assert spans == (Span(account=HOLLIS, reason=MEMBER, by=ANA),)


def test_members_word_from_an_instant_on_leaves_what_was_before_and_takes_what_is_after():
    spans = (Span(account=HOLLIS), Span(since=MAY, account=HOLLIS))

    said = assigned(spans, BRIGHTWATER, MARCH, None)

    assert [(span.since, span.account) for span in said] == [(EVER, HOLLIS), (MARCH, BRIGHTWATER)]
    assert [(span.since, span.account) for span in told_at(said, [EVER, MAY])] == [
        (EVER, HOLLIS),
        (MARCH, BRIGHTWATER),
        (MAY, BRIGHTWATER),
    ]
    assert [(span.since, span.account) for span in assigned((), HOLLIS, MARCH, None)] == [(EVER, None), (MARCH, HOLLIS)]


def test_look_up_fills_only_what_has_no_account():
    spans = named((Span(account=HOLLIS, reason="group"), Span(since=MAY)), BRIGHTWATER, ANA, "domain")

    assert [(span.account, span.person, span.reason) for span in spans] == [(HOLLIS, ANA, "group"), (BRIGHTWATER, ANA, "domain")]
    assert span_at((), MAY) == Span()
