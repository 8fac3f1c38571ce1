"""Whose product events are, by a member's word: said, taken back, undone. What tie_subject, tie_subjects and untie_subject share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.directory.errors import SubjectMalformed, TooManySubjects
from tenure.directory.events import SubjectTied, SubjectUntied
from tenure.directory.models import Account
from tenure.directory.queries.accounts import get_account
from tenure.kernel.ids import uuid7
from tenure.stream.actions.assign_ties import assign_ties
from tenure.stream.actions.put_back_ties import put_back_ties
from tenure.stream.domain.spans import EVER, Span
from tenure.workspace.change_sets import finish_change_set, start_change_set
from tenure.workspace.enums import ChangeKind, ChangeSetKind
from tenure.workspace.events import json_value
from tenure.workspace.models import ChangeRow, ChangeSet
from tenure.workspace.records.log import Touched

if TYPE_CHECKING:
    from tenure.workspace.context import Context

PERMISSION = "directory.tie_events"
MAX_SUBJECTS = 500
MAX_CHARACTERS = 1000
_KINDS = ("g:", "u:", "a:")


def say_whose(ctx: Context, subjects: Collection[str], account_id: UUID | None, since_at: datetime | None) -> ChangeSet:
    """Tie these subjects to the account (None: to nobody) from `since_at` on (None: all their history), as one change set.

    Raises PermissionMissing (a subject of no account is anybody's), SubjectMalformed, TooManySubjects, NotFound.
    """
    ctx.require_everywhere(PERMISSION)
    wanted = list(dict.fromkeys(subjects))
    _check(wanted)
    account = get_account(ctx, account_id, permission=PERMISSION) if account_id is not None else None
    title = f"{wanted[0]}{f' +{len(wanted) - 1}' if len(wanted) > 1 else ''} → {account.name if account else '—'}"
    change_set, log = start_change_set(ctx, ChangeSetKind.EDIT, title=title)
    before = assign_ties(ctx, wanted, account_id, since_at=since_at or EVER)
    keys = {subject: uuid7() for subject in wanted}
    touched = [Touched(keys[one], 0, {"ties": one, "spans": [_as_json(span) for span in before[one]]}, None) for one in wanted]
    log.write(ctx.workspace.pk, "account", ChangeKind.FACT, touched)
    finish_change_set(ctx, change_set, updated=len(wanted))
    if account is not None:
        ctx.emit(SubjectTied(keys[one], account.pk, None) for one in wanted)
    else:
        lost = {one: before[one][-1].account if before[one] else None for one in wanted}
        ctx.emit(SubjectUntied(keys[one], lost[one], None) for one in wanted)
    ctx.audit(account, subjects=wanted, since=json_value(since_at), change_set=str(change_set.pk))
    return change_set


def put_back_subjects(ctx: Context, facts: Sequence[ChangeRow]) -> None:
    """Undo's part: the spans that each subject had. Accounts that were merged since stay what they have become."""
    said = {fact.before["ties"]: fact.before["spans"] for fact in facts if fact.before}
    there = _standing([_as_id(span["account"]) for spans in said.values() for span in spans])
    put_back_ties(ctx, {subject: tuple(_as_span(span, there) for span in spans) for subject, spans in said.items()})


def _check(subjects: list[str]) -> None:
    if len(subjects) > MAX_SUBJECTS:
        raise TooManySubjects(most=MAX_SUBJECTS)
    for subject in subjects:
        is_sound = subject.startswith(_KINDS) and "\x00" not in subject and len(_KINDS[0]) < len(subject) <= MAX_CHARACTERS
        if not is_sound:
            raise SubjectMalformed(subject=subject[:60])


def _standing(ids: Collection[UUID | None]) -> dict[UUID, UUID]:
    """What the accounts are today."""
    rows = Account.everything.filter(pk__any_of=[one for one in ids if one]).values_list("pk", "merged_into_id")
    return {key: merged or key for key, merged in rows}


def _as_json(span: Span) -> dict[str, Any]:
    return {
        "since": span.since.isoformat(),
        "account": json_value(span.account),
        "person": json_value(span.person),
        "follows": span.follows,
        "reason": span.reason,
        "by": json_value(span.by),
    }


def _as_span(said: dict[str, Any], today: dict[UUID, UUID]) -> Span:
    account = _as_id(said["account"])
    return Span(
        datetime.fromisoformat(said["since"]),
        today.get(account, account) if account else None,
        _as_id(said["person"]),
        said["follows"],
        said["reason"],
        _as_id(said["by"]),
    )


def _as_id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
