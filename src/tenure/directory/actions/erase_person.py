"""Somebody asks to be forgotten, and is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext

from tenure.directory.domain.keys import name_key
from tenure.directory.erasing import files_naming, sweep
from tenure.directory.events import PersonErased
from tenure.directory.models import Person, PersonToken
from tenure.directory.models.custom import PersonSlots
from tenure.directory.personal import MIN_WORD, Subject, personal_tables, subject_of
from tenure.directory.records import PERSON
from tenure.kernel.collation import sort_key
from tenure.kernel.errors import NotFound
from tenure.stream.actions.forget_subjects import forget_subjects
from tenure.stream.queries.ties import subjects_of_people
from tenure.workspace.action import action
from tenure.workspace.models import ChangeRow
from tenure.workspace.models.custom_field import CustomValueDigest
from tenure.workspace.reach import scope_filter
from tenure.workspace.rows import update_rows

if TYPE_CHECKING:
    from tenure.workspace.context import Context

PERMISSION = "workspace.erase_person"
_EMPTIED = (
    "name",
    "name_sort",
    "name_key",
    "email",
    "email_key",
    "phone",
    "title",
    "persona",
    "language",
    "external_id",
    "erased_at",
    "updated_at",
)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased. swept: rows of each table in whose texts something was taken out. files: imported files to delete by hand."""

    person_id: UUID
    swept: dict[str, int]
    files: list[str]


@action(PERMISSION)
def erase_person(ctx: Context, person_id: UUID) -> Erasure:
    """Take a person's data out of every record, change set, audit line and text; it cannot be undone.

    Their row stays without them, so that what hangs on it (a call, a task, a lead) keeps its place. Deleted and merged people
    are found too. Product events stay for what is counted, under pseudonyms. Names of one word are taken out of columns, not out of texts. Raises NotFound. Idempotent.
    """
    person = Person.everything.filter(scope_filter(ctx, PERMISSION, Person), pk=person_id).select_for_update().first()
    if person is None:
        raise NotFound(kind="person")
    subject = subject_of(person)
    files = files_naming(subject)
    subject = _forget_events(ctx, subject)
    about = _rows_about(subject)
    ChangeRow.objects.filter(record__in=_record_names(), row_id__in=about).update(before=None, after=None)
    _empty_people(ctx, subject)
    _empty_tables(subject)
    swept = sweep(subject)
    ctx.emit(PersonErased(key, None, None) for key in subject.ids)
    ctx.audit(None, person=str(person_id), swept=swept)
    return Erasure(person_id, swept, files)


def _forget_events(ctx: Context, subject: Subject) -> Subject:
    """Their product events stay, under pseudonyms: the event store follows as soon as a worker comes to it. The ids are words to sweep, too."""
    ids = Person.everything.filter(pk__in=subject.ids).exclude(external_id="").values_list("external_id", flat=True)
    subjects = subjects_of_people(subject.ids, external_ids=[*ids, *subject.email_keys], emails=subject.email_keys)
    if not subjects:
        return subject
    pseudonyms = forget_subjects(ctx, subjects)
    known = replace(subject, words=sorted({*subject.words, *(one[2:] for one in subjects if len(one) >= MIN_WORD + 2)}, key=len))
    known.words.reverse()
    ctx.defer("directory.erase_events", pseudonyms=pseudonyms, words=[*known.words, *known.names])
    return known


def _empty_people(ctx: Context, subject: Subject) -> None:
    """Nobody in particular, in the workspace's language."""
    with translation.override(ctx.workspace.language):
        nobody = gettext("Erased person")
    rows = list(Person.everything.filter(pk__in=subject.ids))
    for row in rows:
        row.name, row.name_sort, row.name_key = nobody, sort_key(nobody), name_key(nobody)
        row.email = row.email_key = row.phone = row.title = row.persona = row.language = row.external_id = ""
        row.erased_at = row.erased_at or ctx.now()
        row.updated_at = ctx.now()
    update_rows(Person, rows, _EMPTIED)
    PersonToken.objects.filter(person_id__in=subject.ids).delete()
    PersonSlots.objects.filter(row_id__in=subject.ids).delete()
    CustomValueDigest.objects.filter(row_id__in=subject.ids).delete()


def _empty_tables(subject: Subject) -> None:
    for table in personal_tables():
        table.rows_of(subject).update(**dict.fromkeys(table.emptied, ""))


def _record_names() -> list[str]:
    return [PERSON.name, *(table.record for table in personal_tables() if table.record)]


def _rows_about(subject: Subject) -> list[UUID]:
    """The person's own rows, and those of other tables that are about nobody else."""
    return [*subject.ids, *(key for table in personal_tables() for key in table.rows_of(subject).values_list("pk", flat=True))]
