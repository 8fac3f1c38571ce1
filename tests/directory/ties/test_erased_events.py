"""A person's product events: exported with them; after erasure counted as before, and nobody's in particular."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tenure.directory.actions.create_person import create_person
from tenure.directory.actions.erase_person import erase_person
from tenure.directory.actions.export_person import export_person
from tenure.directory.actions.tie_subject import tie_subject
from tenure.directory.tasks import erase_person_events
from tenure.stream.models import Tie
from tenure.workspace.jobs import system_context
from tenure.workspace.scope import enter
from tests.directory.ties.test_who_is_who import count_of, read_all
from tests.stream.world import record

if TYPE_CHECKING:
    from tests.world import Company

pytestmark = pytest.mark.usefixtures("event_store")
TRACES = ("marit", "user-4711", "visitor-9", "+31 10 555", "10.0.0.9")
_EVERYTHING = "SELECT * FROM {table} WHERE workspace = {{workspace:UUID}}"


def marit(acme: Company):
    account = acme.account(external_id="hollis")
    person = create_person(
        acme.owner.ctx, {"name": "Marit Dam", "email": "Marit@hollis.example", "phone": "+31 10 555 01", "account": account.pk}
    )
    record(acme, "$identify", user="user-4711", visitor="visitor-9", email="marit@hollis.example", context={"ip": "10.0.0.9"})
    record(acme, "Tokens used", user="user-4711", visitor="visitor-9", count=3, tokens=7, by="Marit@hollis.example", model="m1")
    record(acme, "Page seen", visitor="visitor-9", context={"ip": "10.0.0.9"})
    record(acme, "Report opened", account="hollis", user="user-4711", to="MARIT@hollis.example", pages=2)
    record(acme, "Report opened", account="hollis", user="other-user", pages=3)
    read_all(acme)
    return account, person


def all_of(event_store, acme, table):
    return json.dumps(event_store.rows(_EVERYTHING.format(table=table), workspace=acme.workspace.pk), default=str).lower()


def job_of(acme: Company) -> dict:
    with enter(acme.owner.ctx.scope), connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'directory.erase_events' AND args->>'workspace' = %s",
            [str(acme.workspace.pk)],
        )
        (args,) = cursor.fetchone()
    told = json.loads(args) if isinstance(args, str) else args
    return {name: value for name, value in told.items() if name != "workspace"}


def test_export_has_the_persons_events_and_ids(acme):
    _, person = marit(acme)

    exported = export_person(acme.owner.ctx, person.pk)

    assert exported["product_ids"] == ["a:visitor-9", "u:user-4711"]
    assert sorted(event["name"] for event in exported["product_events"]) == [
        "$identify",
        "Page seen",
        "Report opened",
        "Tokens used",
        "Tokens used",
        "Tokens used",
    ]


def test_erased_persons_events_count_as_before_and_name_nobody(acme, event_store):
    account, person = marit(acme)
    tie_subject(acme.owner.ctx, "u:user-4711", account.pk)
    read_all(acme)
    sums = "SELECT count(), sum(JSONExtractInt(properties, 'tokens')), sum(JSONExtractInt(properties, 'pages')), uniq(subject) FROM events WHERE workspace = {workspace:UUID}"
    before = event_store.rows(sums, workspace=acme.workspace.pk)
    assert count_of(event_store, acme, account) == 7

    erase_person(acme.owner.ctx, person.pk)
    job, ctx = job_of(acme), system_context(acme.workspace.pk)
    erase_person_events(ctx, **job)
    erase_person_events(ctx, **job)

    assert event_store.rows(sums, workspace=acme.workspace.pk) == before
    assert count_of(event_store, acme, account) == 7
    for table in ("events", "ties"):
        found = all_of(event_store, acme, table)
        assert [trace for trace in TRACES if trace in found] == []
    assert "other-user" in all_of(event_store, acme, "events")
    assert "m1" in all_of(event_store, acme, "events")
    with enter(acme.owner.ctx.scope):
        ties = json.dumps(list(Tie.objects.values()), default=str)
    assert [trace for trace in TRACES if trace in ties.lower()] == []


def test_erasure_that_was_killed_in_the_middle_is_finished_by_the_next_try(acme, event_store):
    account, person = marit(acme)
    erase_person(acme.owner.ctx, person.pk)
    job, ctx = job_of(acme), system_context(acme.workspace.pk)
    read_all(acme)
    user = next(name for name in job["pseudonyms"] if name.startswith("u:"))
    # As after a kill between the rows written anew and the old ones deleted.
    event_store.command(
        "INSERT INTO events SELECT * REPLACE ({new:String} AS subject) FROM events WHERE workspace = {workspace:UUID} AND subject = {old:String}",
        workspace=acme.workspace.pk,
        old=user,
        new=job["pseudonyms"][user],
    )

    erase_person_events(ctx, **job)

    assert count_of(event_store, acme, account) == 7
