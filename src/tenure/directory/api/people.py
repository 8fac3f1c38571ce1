"""People over the API: who somebody is, in which account, and what the law gives them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from tenure.directory.actions.create_person import create_person
from tenure.directory.actions.delete_people import delete_people
from tenure.directory.actions.erase_person import erase_person
from tenure.directory.actions.export_person import export_person
from tenure.directory.actions.update_person import update_person
from tenure.directory.lists import PEOPLE
from tenure.directory.models import Person
from tenure.directory.queries.people import find_same_people, get_person
from tenure.directory.records import PERSON
from tenure.directory.schemas.people import ErasureOut, PeopleOut, PersonExportOut, PersonIn, PersonOut, PersonPage, PersonPatch
from tenure.workspace.endpoints import (
    ApiRequest,
    cursor_page,
    delete_record,
    endpoint,
    record_out,
    record_values,
    tag_made,
    tag_version,
    wanted_version,
)
from tenure.workspace.endpoints.change_sets import ChangeSetOut

router = Router(tags=["People"])


@router.get("/people", response=PersonPage, operation_id="list_people", summary="List people")
@endpoint("directory.view", lists=PEOPLE)
def people(request: ApiRequest) -> PersonPage:
    """The people you may see, filtered, searched and sorted as on their page."""
    return cursor_page(request, PEOPLE, PersonPage, lambda row: _out(request, row))


@router.post("/people", response={201: PersonOut}, operation_id="create_person", summary="Create a person")
@endpoint("directory.create_person")
def people_post(request: ApiRequest, body: PersonIn, response: HttpResponse) -> PersonOut:
    """Write one person. Ask for their duplicates first where they may be there already."""
    made = create_person(request.ctx, record_values(request.ctx, PERSON, body))
    return _out(request, tag_made(response, made, "person"))


@router.get(
    "/people/duplicates", response=PeopleOut, operation_id="find_person_duplicates", summary="Find duplicates of a person"
)
@endpoint("directory.view")
def people_duplicates(
    request: ApiRequest,
    email: Annotated[str, Query(max_length=500)] = "",
    name: Annotated[str, Query(max_length=500)] = "",
    account: Annotated[UUID | None, Query(description="Where the name is to be the same.")] = None,
) -> PeopleOut:
    """People with the same address, or with the same name in the same account."""
    found = find_same_people(request.ctx, email=email, name=name, account_id=account)
    return PeopleOut(items=[_out(request, row) for row in found])


@router.get("/people/{uuid:person_id}", response=PersonOut, operation_id="get_person", summary="Get a person")
@endpoint("directory.view")
def person(request: ApiRequest, person_id: UUID, response: HttpResponse) -> PersonOut:
    """One person. Their version stands in ETag."""
    return _out(request, tag_version(response, get_person(request.ctx, person_id)))


@router.patch("/people/{uuid:person_id}", response=PersonOut, operation_id="update_person", summary="Change a person")
@endpoint("directory.update_person", is_versioned=True)
def person_patch(request: ApiRequest, person_id: UUID, body: PersonPatch, response: HttpResponse) -> PersonOut:
    """Change the fields sent, as a change set that can be undone."""
    values, version = record_values(request.ctx, PERSON, body), wanted_version(request, body.version)
    return _out(request, tag_version(response, update_person(request.ctx, person_id, values, version=version)))


@router.delete("/people/{uuid:person_id}", response=ChangeSetOut, operation_id="delete_person", summary="Delete a person")
@endpoint("directory.delete_people", is_versioned=True)
def person_delete(request: ApiRequest, person_id: UUID) -> ChangeSetOut:
    """Delete the person. The change set returned can be undone; to take their data out for good, erase them."""
    return delete_record(request, PERSON, person_id, delete_people)


@router.get(
    "/people/{uuid:person_id}/export", response=PersonExportOut, operation_id="export_person", summary="Export a person's data"
)
@endpoint("directory.export_person")
def person_export(request: ApiRequest, person_id: UUID) -> PersonExportOut:
    """Everything that is kept about the person, for themselves. The audit says that it was exported."""
    return PersonExportOut(**export_person(request.ctx, person_id))


@router.post("/people/{uuid:person_id}/erase", response=ErasureOut, operation_id="erase_person", summary="Erase a person's data")
@endpoint("workspace.erase_person")
def person_erase(request: ApiRequest, person_id: UUID) -> ErasureOut:
    """Take the person's data out of every record, change set, audit line and text. It cannot be undone."""
    erasure = erase_person(request.ctx, person_id)
    return ErasureOut(person=erasure.person_id, swept=erasure.swept, files=erasure.files)


def _out(request: ApiRequest, row: Person) -> PersonOut:
    return record_out(request.ctx, PersonOut, PERSON, row)
