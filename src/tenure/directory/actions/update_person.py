"""Somebody corrects or completes a person: another role, another account, gone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.directory.models import Person
from tenure.directory.queries.people import get_person
from tenure.directory.records import PERSON
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.update_person")
def update_person(ctx: Context, person_id: UUID, values: Mapping[str, Any], *, version: int | None = None) -> Person:
    """Set the fields in `values` (field name to typed value). Can be undone: the edit is a change set.

    version: the version the caller had in hand; raises RecordChanged where it is no longer that. Raises NameMissing,
    ExternalIdTaken, NotFound. Idempotent: the same values change nothing more.
    """
    person = get_person(ctx, person_id, permission="directory.update_person")
    edit_record(ctx, PERSON, person, values, version=version)
    return person
