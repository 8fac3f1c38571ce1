"""Where personal data of people stand: what the export of one person gathers, and what erasing them empties.

A room registers each of its tables that keeps such data in columns of its own. Free text is found by what identifies the person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from tenure.directory.models import Person
from tenure.workspace.fence import scoped_models
from tenure.workspace.models import ChangeRow

if TYPE_CHECKING:
    from tenure.workspace.models.base import Scoped

# Shorter words than these stand for too much else to be taken out of a text.
MIN_WORD, MIN_NAME = 5, 5
PERSON_COLUMNS = ("name", "email", "phone", "title", "external_id", "persona", "language")


@dataclass(frozen=True, slots=True)
class PersonalTable:
    """Rows about one person: `person` and `email` are the columns that say whose, `emptied` those that erasure empties."""

    model: type[Scoped]
    emptied: tuple[str, ...]
    record: str = ""
    person: str = "person_id"
    email: str = "email_key"

    def rows_of(self, subject: Subject) -> models.QuerySet[Any]:
        """The rows about this person, deleted ones included."""
        about = Q(**{f"{self.person}__in": subject.ids})
        if self.email and subject.email_keys:
            about |= Q(**{f"{self.email}__in": subject.email_keys})
        return all_rows(self.model).filter(about)


@dataclass(frozen=True, slots=True)
class Subject:
    """One natural person: all rows that were ever merged into theirs, the accounts they are in, and what identifies them in a text.

    words: addresses and numbers, sought everywhere. names: full names, sought only where the accounts are concerned.
    """

    ids: list[UUID]
    accounts: list[UUID]
    email_keys: list[str]
    words: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def all_rows(model: type[Scoped]) -> models.QuerySet[Any]:
    """Every row of the scope, deleted ones included."""
    manager: Any = getattr(model, "everything", None) or model.objects
    return manager.all()


_tables: list[PersonalTable] = []


def register_personal(*tables: PersonalTable) -> None:
    """Make tables with personal data known; called in `ready()`."""
    _tables.extend(tables)


def personal_tables() -> Sequence[PersonalTable]:
    """All that were registered."""
    return tuple(_tables)


def subject_of(person: Person) -> Subject:
    """The person with everybody merged into them, and all they were called before, as far as change sets remember."""
    ids = _merged_into(person.pk)
    rows = list(Person.everything.filter(pk__in=ids))
    said = [{name: getattr(row, name) for name in PERSON_COLUMNS} for row in rows]
    said += [part for before, after in _history(ids) for part in (before, after) if part]
    accounts = {row.account_id for row in rows} | {_as_id(part.get("account")) for part in said}
    return Subject(
        ids=ids,
        accounts=sorted(account for account in accounts if account is not None),
        email_keys=sorted({row.email_key for row in rows if row.email_key}),
        words=_longest_first(part.get(name) for part in said for name in ("email", "phone", "external_id")),
        names=[name for name in _longest_first(part.get("name") for part in said) if _is_full(name)],
    )


def referring_models() -> Iterator[tuple[type[Scoped], str]]:
    """Every table with a column `person_id`: whatever room it is of."""
    for model in scoped_models():
        if any(column.attname == "person_id" for column in model._meta.concrete_fields):
            yield model, "person_id"


def _merged_into(person_id: UUID) -> list[UUID]:
    ids = [person_id]
    fresh = ids
    while fresh := list(Person.everything.filter(merged_into_id__in=fresh).exclude(pk__in=ids).values_list("pk", flat=True)):
        ids = ids + fresh
    return ids


def _history(ids: Sequence[UUID]) -> list[tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    return list(ChangeRow.objects.filter(record="person", row_id__in=list(ids)).values_list("before", "after"))


def _longest_first(values: Iterator[Any]) -> list[str]:
    """Each word once; the longer before those it holds."""
    return sorted(
        {value.strip() for value in values if isinstance(value, str) and len(value.strip()) >= MIN_WORD},
        key=lambda text: (-len(text), text),
    )


def _is_full(name: str) -> bool:
    """Whether a name says who is meant: of two words at least."""
    return len(name) >= MIN_NAME and " " in name


def _as_id(value: object) -> UUID | None:
    return UUID(value) if isinstance(value, str) else None
