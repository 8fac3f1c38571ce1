"""Somebody asks what is kept about them, and gets all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.directory.models import Person, PersonToken, TimelineEntry
from tenure.directory.personal import Subject, all_rows, personal_tables, referring_models, subject_of
from tenure.directory.queries.people import get_person
from tenure.directory.records import PERSON
from tenure.directory.timeline import lines_of
from tenure.stream.queries.ties import subjects_of_people
from tenure.stream.store.erasure import events_of_subjects
from tenure.workspace.action import action
from tenure.workspace.events import json_value
from tenure.workspace.models import AuditLine, ChangeRow

if TYPE_CHECKING:
    from tenure.workspace.context import Context

NO_CONTENT = frozenset({"workspace_id", "name_sort", "name_key", "email_key", "version"})


@action("directory.export_person")
def export_person(ctx: Context, person_id: UUID) -> dict[str, Any]:
    """Everything kept about one person, as JSON values: themselves with custom fields, whatever names them, and its history.

    Raises NotFound, and StoreUnavailable where the person has product events that cannot be read. Changes nothing but the audit, which says that it was exported.
    """
    person = get_person(ctx, person_id, permission="directory.export_person")
    subject = subject_of(person)
    people = list(Person.everything.filter(pk__in=subject.ids))
    names = [field.name for field in PERSON.fields_for(ctx)]
    lines = lines_of(ctx, list(TimelineEntry.objects.filter(person_id__in=subject.ids).order_by("at")))
    subjects = subjects_of_people(
        subject.ids,
        external_ids=[*(row.external_id for row in people if row.external_id), *subject.email_keys],
        emails=subject.email_keys,
    )
    events = events_of_subjects(ctx.workspace.pk, subjects) if subjects else []
    ctx.audit(person)
    return {
        "exported_at": json_value(ctx.now()),
        "person": [_row(values) for values in PERSON.read_values(ctx, people, names)],
        "records": _records(subject),
        "timeline": [{"at": json_value(line.at), "what": _plain(line.title), "detail": _plain(line.detail)} for line in lines],
        "product_ids": subjects,
        "product_events": [_row(event) for event in events],
        "changes": [
            _row(row)
            for row in ChangeRow.objects.filter(record="person", row_id__in=subject.ids).values("kind", "before", "after")
        ],
        "audit": [
            _row(row)
            for row in AuditLine.objects.filter(subject_id__in=subject.ids).values("at", "action", "actor_name", "facts")
        ],
    }


def _records(subject: Subject) -> dict[str, list[dict[str, Any]]]:
    """Rows that name the person or have their address, by table."""
    found: dict[str, list[dict[str, Any]]] = {}
    for model, column in referring_models():
        if model not in (TimelineEntry, PersonToken):
            rows = all_rows(model).filter(**{f"{column}__in": subject.ids}).values()
            found[model.__name__] = [_row(row) for row in rows]
    for table in personal_tables():
        found[table.model.__name__] = [_row(row) for row in table.rows_of(subject).values()]
    return {name: rows for name, rows in found.items() if rows}


def _row(values: dict[str, Any]) -> dict[str, Any]:
    return {name: json_value(value) for name, value in values.items() if name not in NO_CONTENT and value not in ("", None, [])}


def _plain(html: str) -> str:
    return html.replace("<b>", "").replace("</b>", "")
