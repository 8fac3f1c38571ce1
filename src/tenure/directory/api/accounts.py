"""Accounts over the API. The pattern for every room: schemas in, one action or query, schemas out."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from tenure.directory.actions.create_account import create_account
from tenure.directory.actions.delete_account import delete_account
from tenure.directory.actions.update_account import update_account
from tenure.directory.lists import ACCOUNTS
from tenure.directory.models import Account
from tenure.directory.queries.accounts import get_account
from tenure.directory.queries.duplicates import find_duplicates
from tenure.directory.records import ACCOUNT
from tenure.directory.records.account import load_team
from tenure.directory.schemas.accounts import (
    AccountIn,
    AccountOut,
    AccountPage,
    AccountPatch,
    DuplicatesOut,
    account_out,
    duplicate_out,
    load_details,
)
from tenure.workspace.endpoints import (
    ApiRequest,
    cursor_page,
    endpoint,
    list_state,
    record_values,
    tag_made,
    tag_version,
    wanted_version,
)
from tenure.workspace.endpoints.change_sets import ChangeSetOut, change_set_out

router = Router(tags=["Accounts"])


@router.get("/accounts", response=AccountPage, operation_id="list_accounts", summary="List accounts")
@endpoint("directory.view", lists=ACCOUNTS)
def accounts(request: ApiRequest) -> AccountPage:
    """The accounts you may see, filtered, searched and sorted as on their page."""
    return cursor_page(request, ACCOUNTS, AccountPage, lambda row: account_out(request.ctx, row), load=load_team)


@router.post("/accounts", response={201: AccountOut}, operation_id="create_account", summary="Create an account")
@endpoint("directory.create_account")
def accounts_post(request: ApiRequest, body: AccountIn, response: HttpResponse) -> AccountOut:
    """Write one account. Ask for its duplicates first where it may be there already."""
    made = create_account(request.ctx, record_values(request.ctx, ACCOUNT, body))
    return _written(request, tag_made(response, made, "account"))


@router.get(
    "/accounts/duplicates",
    response=DuplicatesOut,
    operation_id="find_account_duplicates",
    summary="Find duplicates of an account",
)
@endpoint("directory.view")
def duplicates(
    request: ApiRequest,
    name: Annotated[str, Query(max_length=500)] = "",
    domain: Annotated[str, Query(max_length=500)] = "",
    external_id: Annotated[str, Query(max_length=500)] = "",
) -> DuplicatesOut:
    """Accounts that share the domain, the normalised name, telling words of it, or the external id with the values given."""
    found = find_duplicates(request.ctx, name=name, domain=domain, external_id=external_id)
    load_details([one.account for one in found])
    return DuplicatesOut(items=[duplicate_out(request.ctx, one) for one in found])


@router.get("/accounts/{uuid:account_id}", response=AccountOut, operation_id="get_account", summary="Get an account")
@endpoint("directory.view")
def account(request: ApiRequest, account_id: UUID, response: HttpResponse) -> AccountOut:
    """One account. Its version stands in ETag."""
    return _written(request, tag_version(response, get_account(request.ctx, account_id)))


@router.patch("/accounts/{uuid:account_id}", response=AccountOut, operation_id="update_account", summary="Change an account")
@endpoint("directory.update_account", is_versioned=True)
def account_patch(request: ApiRequest, account_id: UUID, body: AccountPatch, response: HttpResponse) -> AccountOut:
    """Change the fields sent, as a change set that can be undone. If-Match keeps you from overwriting what you have not seen."""
    values, version = record_values(request.ctx, ACCOUNT, body), wanted_version(request, body.version)
    return _written(request, tag_version(response, update_account(request.ctx, account_id, values, version=version)))


@router.delete("/accounts/{uuid:account_id}", response=ChangeSetOut, operation_id="delete_account", summary="Delete an account")
@endpoint("directory.delete_accounts", is_versioned=True)
def account_delete(request: ApiRequest, account_id: UUID) -> ChangeSetOut:
    """Delete the account with all that belongs to it. The change set returned can be undone."""
    return change_set_out(delete_account(request.ctx, account_id, version=wanted_version(request)))


@router.get(
    "/accounts/{uuid:account_id}/children",
    response=AccountPage,
    operation_id="list_account_children",
    summary="List the accounts below an account",
)
@endpoint("directory.view", lists=ACCOUNTS)
def children(request: ApiRequest, account_id: UUID) -> AccountPage:
    """The accounts directly below this one, with the same filters and sorts as all accounts."""
    parent = get_account(request.ctx, account_id)
    state = list_state(request, ACCOUNTS).narrowed(parent=str(parent.pk))
    return cursor_page(request, ACCOUNTS, AccountPage, lambda row: account_out(request.ctx, row), state=state, load=load_team)


def _written(request: ApiRequest, row: Account) -> AccountOut:
    load_details([row])
    return account_out(request.ctx, row)
