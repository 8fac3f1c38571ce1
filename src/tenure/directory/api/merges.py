"""Merging over the API: two records become one, or are kept apart."""

from __future__ import annotations

from uuid import UUID

from ninja import Router

from tenure.directory.actions.keep_apart import keep_apart
from tenure.directory.actions.merge_accounts import merge_accounts
from tenure.directory.actions.merge_people import merge_people
from tenure.directory.schemas.merges import DistinctPairIn, MergeIn
from tenure.workspace.endpoints import ApiRequest, endpoint
from tenure.workspace.endpoints.change_sets import ChangeSetOut, change_set_out
from tenure.workspace.records import record_types

router = Router(tags=["Duplicates"])


@router.post(
    "/accounts/{uuid:account_id}/merge", response=ChangeSetOut, operation_id="merge_accounts", summary="Merge another account in"
)
@endpoint("directory.merge_accounts")
def account_merge(request: ApiRequest, account_id: UUID, body: MergeIn) -> ChangeSetOut:
    """Let everything that hangs on the loser hang on this account. The change set returned brings both back."""
    return change_set_out(merge_accounts(request.ctx, account_id, body.loser))


@router.post(
    "/people/{uuid:person_id}/merge", response=ChangeSetOut, operation_id="merge_people", summary="Merge another person in"
)
@endpoint("directory.merge_people")
def person_merge(request: ApiRequest, person_id: UUID, body: MergeIn) -> ChangeSetOut:
    """Let everything that names the loser name this person. The change set returned brings both back."""
    return change_set_out(merge_people(request.ctx, person_id, body.loser))


@router.post("/distinct-pairs", response={204: None}, operation_id="keep_apart", summary="Keep two records apart")
@endpoint("directory.merge_accounts")
def distinct_pairs(request: ApiRequest, body: DistinctPairIn) -> None:
    """Offer the two no more as duplicates of one another."""
    keep_apart(request.ctx, record_types[body.record], body.one, body.other)
