from __future__ import annotations

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from tenure.directory.actions.add_note import add_note
from tenure.directory.actions.create_person import create_person
from tenure.directory.actions.create_task import create_task
from tenure.directory.actions.delete_people import delete_people
from tenure.directory.actions.erase_person import erase_person
from tenure.directory.actions.export_person import export_person
from tenure.directory.actions.log_activity import log_activity
from tenure.directory.actions.merge_people import merge_people
from tenure.directory.actions.update_activity import update_activity
from tenure.directory.actions.update_person import update_person
from tenure.directory.models import Note, Person
from tenure.kernel.errors import NotFound
from tenure.kernel.ids import uuid7
from tenure.market.actions.create_lead import create_lead
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.models import AuditLine, IdempotentReply
from tenure.workspace.scope import enter

TRACES = (
    "Marit de Vries",
    "Marit van Dam",
    "marit@hollis.example",
    "marit.dam@hollis.example",
    "+31 10 555 0101",
    "Head of planning",
)


def tables_with(company, text) -> list[str]:
    """Every table of the database that holds the text anywhere, whatever it is for."""
    with enter(company.owner.ctx.scope), connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1"
        )
        names = [name for (name,) in cursor.fetchall()]
        found = []
        for name in names:
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{name}" row WHERE strpos(lower(row::text), lower(%s)) > 0)', [text])
            if cursor.fetchone()[0]:
                found.append(name)
    return found


def marit_everywhere(company):
    """Somebody who stands in every kind of record, under two names and two addresses."""
    ctx = company.owner.ctx
    account = company.account("Hollis Logistics")
    person = create_person(
        ctx, {"name": "Marit de Vries", "email": "Marit@hollis.example", "account": account.pk, "title": "Head of planning"}
    )
    other = create_person(ctx, {"name": "Marit van Dam", "email": "marit.dam@hollis.example", "account": account.pk})
    update_person(ctx, person.pk, {"phone": "+31 10 555 0101"})
    merge_people(ctx, person.pk, other.pk)
    call = log_activity(ctx, {"kind": "call", "person": person.pk, "subject": "Marit de Vries about prices"})
    update_activity(ctx, call.pk, {"body": "MARIT@hollis.example asked, call +31 10 555 0101"})
    add_note(ctx, account.pk, 'marit van dam decides; write to marit.dam@hollis.example "today"')
    create_task(ctx, {"title": "Call Marit de Vries", "account": account.pk})
    with enter(ctx.scope):
        IdempotentReply.objects.create(
            workspace=company.workspace,
            api_key_id=uuid7(),
            key="k",
            fingerprint=b"x",
            status=201,
            body='{"email": "marit@hollis.example"}',
            created_at=ctx.now(),
        )
    return account, person


def test_erase_person_leaves_no_trace_in_any_table(acme):
    _account, person = marit_everywhere(acme)
    assert all(tables_with(acme, trace) for trace in TRACES)

    erasure = erase_person(acme.owner.ctx, person.pk)

    assert {trace: tables_with(acme, trace) for trace in TRACES} == {trace: [] for trace in TRACES}
    assert erasure.swept["Note"] == 1
    with enter(acme.owner.ctx.scope):
        assert Note.objects.get().body == '[…] decides; write to […] "today"'
        assert set(Person.everything.values_list("name", "email", "phone")) == {("Erased person", "", "")}
        assert AuditLine.objects.filter(action="workspace.erase_person").count() == 1


def test_erase_person_empties_the_lead_they_once_were(acme):
    lead = create_lead(acme.owner.ctx, {"name": "Marit de Vries", "email": "marit@hollis.example", "company": "Hollis Logistics"})
    person = create_person(acme.owner.ctx, {"name": "Marit de Vries", "email": "Marit@Hollis.example"})

    exported = export_person(acme.owner.ctx, person.pk)
    erase_person(acme.owner.ctx, person.pk)

    assert exported["records"]["Lead"][0]["email"] == "marit@hollis.example"
    assert [tables_with(acme, trace) for trace in ("Marit de Vries", "marit@hollis.example")] == [[], []]
    with enter(acme.owner.ctx.scope):
        assert lead.refreshed().company == "Hollis Logistics"


def test_erase_person_leaves_a_namesake_of_another_account_alone(acme):
    _account, person = marit_everywhere(acme)
    kestrel = acme.account("Kestrel")
    create_person(acme.owner.ctx, {"name": "Marit de Vries", "email": "mdv@kestrel.example", "account": kestrel.pk})
    add_note(acme.owner.ctx, kestrel.pk, "Marit de Vries is new here; not marit@hollis.example")

    erase_person(acme.owner.ctx, person.pk)

    with enter(acme.owner.ctx.scope):
        assert Person.objects.get(account=kestrel).name == "Marit de Vries"
        assert Note.objects.get(account=kestrel).body == "Marit de Vries is new here; not […]"


def test_erase_person_who_was_deleted_before_erases_them(acme):
    person = create_person(acme.owner.ctx, {"name": "Marit de Vries"})
    change_set = delete_people(acme.owner.ctx, [person.pk])

    erase_person(acme.owner.ctx, person.pk)
    undo_change_set(acme.owner.ctx, change_set.pk)

    assert tables_with(acme, "Marit de Vries") == []


def test_erase_person_twice_erases_once(acme):
    _account, person = marit_everywhere(acme)
    erase_person(acme.owner.ctx, person.pk)
    with enter(acme.owner.ctx.scope):
        first = Person.objects.get(pk=person.pk).erased_at

    again = erase_person(acme.owner.ctx, person.pk)

    with enter(acme.owner.ctx.scope):
        assert (Person.objects.get(pk=person.pk).erased_at, again.swept) == (first, {})


def test_erase_person_is_for_administrators_of_the_workspace(acme, stranger):
    person = create_person(acme.owner.ctx, {"name": "Marit de Vries"})

    with pytest.raises(PermissionMissing):
        erase_person(acme.rep.ctx, person.pk)
    with pytest.raises(NotFound):
        erase_person(stranger.owner.ctx, person.pk)


def test_export_person_gathers_what_is_kept_about_them(acme):
    account, person = marit_everywhere(acme)

    exported = export_person(acme.rep.ctx, person.pk)

    text = json.dumps(exported, cls=DjangoJSONEncoder, ensure_ascii=False)
    assert [trace.lower() in text.lower() for trace in TRACES] == [True] * len(TRACES)
    assert sorted(exported["records"]) == ["Activity"]
    assert exported["person"][0]["account"] == str(account.pk)
    assert [line["what"] for line in exported["timeline"]] == ["Call with Marit de Vries: Marit de Vries about prices"]


def test_export_and_erasure_of_a_person_from_their_page(acme):
    _account, person = marit_everywhere(acme)
    base = f"/{acme.workspace.slug}/people/{person.pk}"

    exported = acme.owner.client.get(f"{base}/export/")
    asked = acme.owner.client.get(f"{base}/erasures/")
    done = acme.owner.client.post(f"{base}/erasures/", {"name": "Marit de Vries"})

    assert exported["Content-Disposition"] == 'attachment; filename="person.json"'
    assert (asked.status_code, done.status_code) == (200, 303)
    assert tables_with(acme, "Marit de Vries") == []
    assert acme.rep.client.get(f"{base}/erasures/").status_code == 403
