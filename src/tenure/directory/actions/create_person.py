"""Somebody is added: to an account, or on their own for now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from tenure.directory.models import Person
from tenure.directory.records import PERSON
from tenure.workspace.action import action
from tenure.workspace.records import guard_external_id, insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.create_person")
def create_person(ctx: Context, values: Mapping[str, Any]) -> Person:
    """Write one person. values: field name (records/person.py) to typed value; `name` is needed.

    Raises NameMissing, ExternalIdTaken. Who was the main contact gives way to a new one. Not idempotent: two people may share a name.
    """
    guard_external_id(PERSON, values)
    person = cast("Person", PERSON.build(ctx, dict(values)))
    insert_records(ctx, PERSON, [person], values.keys())
    ctx.audit(person, fields=sorted(values))
    return person
