"""Subjects of product events over the API: those that wait for an account, those that have one, and whose they are."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Query, Router

from tenure.directory.actions.tie_subject import tie_subject
from tenure.directory.actions.untie_subject import untie_subject
from tenure.directory.schemas.subjects import (
    SubjectKind,
    SubjectPage,
    SubjectSort,
    SubjectState,
    TieIn,
    tied_out,
    waiting_out,
)
from tenure.directory.subject_ties import PERMISSION
from tenure.directory.waiting_subjects import MAX_OFFSET, PAGE_SUBJECTS, WaitingState, described, waiting_page
from tenure.stream.queries.ties import list_tied
from tenure.workspace.endpoints import ApiRequest, endpoint
from tenure.workspace.endpoints.change_sets import ChangeSetOut, change_set_out

router = Router(tags=["Subjects"])


@router.get("/subjects", response=SubjectPage, operation_id="list_subjects", summary="List subjects of product events")
@endpoint(PERMISSION)
def subjects(
    request: ApiRequest,
    state: SubjectState = SubjectState.WAITING,
    account: Annotated[UUID | None, Query(description="Only this account's; for subjects that are tied.")] = None,
    kind: Annotated[SubjectKind | None, Query(description="Only of this kind; for subjects that wait.")] = None,
    q: Annotated[str, Query(description="Part of an id, a name, an address or a domain; for subjects that wait.")] = "",
    sort: SubjectSort = SubjectSort.EVENTS,
    after: Annotated[str, Query(max_length=1000, description="`next` of the page before.")] = "",
) -> SubjectPage:
    """Those whose events wait for an account, the most events first; or those that are an account's: groups, users, visitors."""
    ctx = request.ctx
    if state is SubjectState.WAITING:
        asked = {"kind": kind.value if kind else "", "q": q, "sort": sort.value, "page": after}
        wanted = WaitingState.read(asked)
        rows, has_more = waiting_page(ctx, wanted)
        can_go_on = has_more and wanted.page < MAX_OFFSET // PAGE_SUBJECTS
        return SubjectPage(items=[waiting_out(row) for row in rows], next=str(wanted.page + 1) if can_go_on else None)
    ctx.require_everywhere(PERMISSION)
    spans = list_tied(None if account is None else [account], limit=PAGE_SUBJECTS, after=after.replace("\x00", ""))
    names = list(dict.fromkeys(span.subject for span in spans))
    known = {one.subject: one for one in described(names)}
    items = [tied_out(span, known[span.subject]) for span in spans]
    return SubjectPage(items=items, next=names[-1] if len(names) == PAGE_SUBJECTS else None)


@router.put("/subjects/{path:subject}/tie", response=ChangeSetOut, operation_id="tie_subject", summary="Tie a subject")
@endpoint(PERMISSION)
def subject_tie_put(request: ApiRequest, subject: str, body: TieIn) -> ChangeSetOut:
    """Count the subject's events for this account, those of the past too. The change set returned takes it back."""
    return change_set_out(tie_subject(request.ctx, subject, body.account, since_at=body.since_at))


@router.delete("/subjects/{path:subject}/tie", response=ChangeSetOut, operation_id="untie_subject", summary="Untie a subject")
@endpoint(PERMISSION)
def subject_tie_delete(request: ApiRequest, subject: str) -> ChangeSetOut:
    """Count the subject's events for nobody: they wait. The change set returned takes it back."""
    return change_set_out(untie_subject(request.ctx, subject))
