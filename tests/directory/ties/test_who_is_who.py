"""Subjects are tied by what events say: history is counted for the account at once, and no event is rewritten."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenure.directory.actions.create_person import create_person
from tenure.directory.actions.merge_accounts import merge_accounts
from tenure.directory.actions.update_account import update_account
from tenure.directory.who_is_who import READER, read_who, resolve_waiting
from tenure.stream.models import Tie
from tenure.stream.queries.ties import list_subject_spans
from tenure.stream.readers import Window
from tenure.stream.ties_copy import copy_ties
from tenure.workspace.jobs import system_context
from tenure.workspace.models import OutboxEvent
from tenure.workspace.relay import consumers
from tenure.workspace.scope import Scope, enter
from tests.stream.world import record

if TYPE_CHECKING:
    from uuid import UUID

    from tests.world import Company

JANUARY, MARCH, MAY = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 3, 5))
_OF_ACCOUNT = """
SELECT count() FROM events ASOF JOIN (SELECT subject, since, account FROM ties FINAL WHERE workspace = {workspace:UUID}) AS t
ON events.subject = t.subject AND events.time >= t.since WHERE workspace = {workspace:UUID} AND t.account = {account:UUID}
"""

pytestmark = pytest.mark.usefixtures("event_store")


def read_all(acme: Company) -> int:
    """Everything in one window, then the copy."""
    ctx = system_context(acme.workspace.pk)
    with enter(Scope(acme.workspace.pk)):
        read_who(ctx, Window(acme.workspace.pk, 0, 2**62))
    return copy_ties(acme.workspace.pk)


def listen(acme: Company) -> None:
    """What the relay would do with the directory's events."""
    with enter(Scope(acme.workspace.pk)):
        batch = list(OutboxEvent.objects.filter(type__in=consumers[READER].types).order_by("xid", "id"))
        resolve_waiting(system_context(acme.workspace.pk), batch)
    copy_ties(acme.workspace.pk)


def ties(acme: Company) -> list[tuple[str, datetime, UUID | None, str]]:
    """(subject, since, account, reason) of all."""
    with enter(Scope(acme.workspace.pk)):
        rows = Tie.objects.order_by("subject", "since_at")
        return [(row.subject, row.since_at, row.account_id, row.reason) for row in rows]


def owners(acme: Company) -> dict[str, UUID | None]:
    """Whose each subject is today."""
    return {subject: account for subject, _, account, _ in ties(acme)}


def count_of(event_store, acme, account) -> int:
    return event_store.rows(_OF_ACCOUNT, workspace=acme.workspace.pk, account=account.pk)[0][0]


@pytest.mark.parametrize(
    ("values", "group", "traits"),
    [
        ({"external_id": "hollis"}, "hollis", {}),
        ({"domain": "hollis.example"}, "g-1", {"website": "https://hollis.example"}),
        ({}, None, {}),
    ],
)
def test_group_is_the_account_of_its_id_or_domain_and_its_users_follow(acme, values, group, traits):
    account = acme.account(**values)
    group = group or str(account.pk)
    record(acme, "$group", account=group, user="7", **traits)

    read_all(acme)

    assert owners(acme) == {f"g:{group}": account.pk, "u:7": account.pk}


def test_history_before_the_tie_counts_at_once_and_no_event_is_rewritten(acme, event_store):
    account = acme.account(external_id="hollis")
    record(acme, "Report opened", visitor="v1", at=JANUARY, count=3)
    record(acme, "Report opened", user="7", visitor="v1", at=MARCH, count=2)
    read_all(acme)
    before = event_store.rows(
        "SELECT subject, time, seq, idx, user_id, group_id FROM events WHERE workspace = {workspace:UUID} ORDER BY seq, idx",
        workspace=acme.workspace.pk,
    )
    assert count_of(event_store, acme, account) == 0

    record(acme, "$group", account="hollis", user="7", at=MAY)
    read_all(acme)

    assert count_of(event_store, acme, account) == 6
    after = event_store.rows(
        "SELECT subject, time, seq, idx, user_id, group_id FROM events WHERE workspace = {workspace:UUID} ORDER BY seq, idx",
        workspace=acme.workspace.pk,
    )
    assert after[:5] == before


def test_second_group_takes_what_comes_after_it_and_leaves_what_was(acme, event_store):
    hollis, brightwater = acme.account(external_id="hollis"), acme.account("Brightwater", external_id="brightwater")
    record(acme, "$group", account="hollis", user="7", at=JANUARY)
    record(acme, "Report opened", user="7", at=JANUARY, count=5)
    read_all(acme)
    record(acme, "$group", account="brightwater", user="7", at=MARCH)
    record(acme, "Report opened", user="7", visitor="v", at=MAY, count=2)
    read_all(acme)

    assert (count_of(event_store, acme, hollis), count_of(event_store, acme, brightwater)) == (6, 3)
    with enter(acme.owner.ctx.scope):
        spans = list_subject_spans(acme.owner.ctx, [hollis.pk])
    assert [(span.subject, span.since, span.until) for span in spans] == [
        ("g:hollis", None, None),
        ("u:7", None, MARCH),
        ("a:v", None, MARCH),
    ]


def test_user_is_known_by_person_then_company_then_domain_but_never_by_free_mail(acme):
    hollis = acme.account(domain="hollis.example")
    ana = create_person(acme.owner.ctx, {"name": "Ana", "email": "ana@else.example", "account": hollis.pk})
    bo = create_person(acme.owner.ctx, {"name": "Bo", "external_id": "bo", "account": hollis.pk})
    gmail = acme.account("Gmail fans", domain="gmail.com")
    record(acme, "$identify", user="1", email="Ana@Else.example")
    record(acme, "Report opened", user="bo")
    record(acme, "$identify", user="3", company={"id": "c1", "name": "Hollis", "domain": "hollis.example"})
    record(acme, "$identify", user="4", email="cy@hollis.example")
    record(acme, "$identify", user="5", email="di@gmail.com", name="Di")

    read_all(acme)

    assert [(subject, account, reason) for subject, _, account, reason in ties(acme)] == [
        ("g:c1", hollis.pk, "domain"),
        ("u:1", hollis.pk, "email"),
        ("u:3", hollis.pk, "group"),
        ("u:4", hollis.pk, "domain"),
        ("u:5", None, "unknown"),
        ("u:bo", hollis.pk, "external_id"),
    ]
    with enter(acme.owner.ctx.scope):
        assert dict(Tie.objects.exclude(person_id=None).values_list("subject", "person_id")) == {"u:1": ana.pk, "u:bo": bo.pk}
        assert Tie.objects.get(subject="u:5").hint_name == "Di"
    assert gmail.pk not in owners(acme).values()


def test_alias_joins_what_a_visitor_did(acme):
    hollis = acme.account(domain="hollis.example")
    record(acme, "Page seen", visitor="v1", count=4)
    record(acme, "$alias", user="7", visitor="v1")
    record(acme, "$identify", user="7", email="ana@hollis.example")

    read_all(acme)

    assert owners(acme) == {"a:v1": hollis.pk, "u:7": hollis.pk}


def test_what_waits_is_resolved_when_its_account_or_person_comes(acme):
    record(acme, "$group", account="hollis", user="7")
    record(acme, "$group", account="g2", website="brightwater.example")
    record(acme, "$identify", user="8", visitor="v8", email="cy@private.example")
    read_all(acme)
    assert set(owners(acme).values()) == {None}

    hollis = acme.account()
    update_account(acme.owner.ctx, hollis.pk, {"external_id": "hollis"})
    brightwater = acme.account("Brightwater", domain="brightwater.example")
    create_person(acme.owner.ctx, {"name": "Cy", "email": "cy@private.example", "account": brightwater.pk})
    listen(acme)

    assert owners(acme) == {
        "a:v8": brightwater.pk,
        "g:g2": brightwater.pk,
        "g:hollis": hollis.pk,
        "u:7": hollis.pk,
        "u:8": brightwater.pk,
    }


def test_merged_account_is_its_winner_for_ties_of_before_and_for_those_of_after(acme):
    winner, loser = acme.account(), acme.account("Hollis Ltd", external_id="hollis-old")
    record(acme, "Report opened", account="hollis-old")
    read_all(acme)

    merge_accounts(acme.owner.ctx, winner.pk, loser.pk)
    record(acme, "$group", account=str(loser.pk), user="7")
    read_all(acme)

    assert set(owners(acme).values()) == {winner.pk}


def test_same_events_again_write_nothing_and_ask_a_fixed_number_of_times(acme):
    acme.account(domain="hollis.example")
    for number in range(3):
        record(acme, "$identify", user=f"u{number}", visitor=f"v{number}", email=f"{number}@hollis.example")
    read_all(acme)

    assert read_all(acme) == 0
    with CaptureQueriesContext(
        connection,
    ) as few:
        read_all(acme)
    for number in range(30):
        record(acme, "$identify", user=f"u{number}", visitor=f"v{number}", email=f"{number}@hollis.example")
    read_all(acme)
    with CaptureQueriesContext(connection) as many:
        read_all(acme)
    assert len(many) == len(few)


def test_two_accounts_with_one_domain_leave_the_choice_to_a_member(acme):
    acme.account(domain="hollis.example")
    acme.account("Hollis UK", domain="hollis.example")
    record(acme, "$group", account="g1", domain="hollis.example")

    read_all(acme)

    assert ties(acme)[0][2:] == (None, "unknown")
