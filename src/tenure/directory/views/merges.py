"""Merging: choose the other one, see side by side what would happen, do it, take it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tenure.directory.actions.merge_accounts import merge_accounts
from tenure.directory.actions.merge_people import merge_people
from tenure.directory.merging import count_referring
from tenure.directory.models import Account, Person
from tenure.directory.queries.accounts import get_account
from tenure.directory.queries.likeness import same_accounts
from tenure.directory.queries.people import find_same_people, get_person
from tenure.directory.records import ACCOUNT, PERSON
from tenure.workspace import formats
from tenure.workspace.models import ChangeSet, Member
from tenure.workspace.pages import page, say, see_other
from tenure.workspace.record_form import ReferenceSelect
from tenure.workspace.records import FieldKind, RecordField, RecordType

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request


@dataclass(frozen=True, slots=True)
class Merging:
    """What differs between merging accounts and merging people."""

    record: RecordType
    get: Callable[..., Any]
    merge: Callable[[Context, UUID, UUID], ChangeSet]
    alike: Callable[[Context, Any], list[Any]]
    page_url: str
    merge_url: str


ACCOUNTS = Merging(ACCOUNT, get_account, merge_accounts, same_accounts, "directory:account", "directory:account_merges")
PEOPLE = Merging(
    PERSON,
    get_person,
    merge_people,
    lambda ctx, row: find_same_people(ctx, email=row.email, name=row.name, account_id=row.account_id, but=row.pk),
    "directory:person",
    "directory:person_merges",
)


@page("directory.merge_accounts")
def account_merges(request: Request, account_id: UUID) -> HttpResponse:
    """Merge another account into this one."""
    return _merges(request, ACCOUNTS, account_id)


@page("directory.merge_people")
def person_merges(request: Request, person_id: UUID) -> HttpResponse:
    """Merge another person into this one."""
    return _merges(request, PEOPLE, person_id)


def _merges(request: Request, what: Merging, winner_id: UUID) -> HttpResponse:
    ctx = request.ctx
    winner = what.get(ctx, winner_id)
    here = reverse(what.page_url, args=[ctx.workspace.slug, winner_id])
    asked = request.POST.get("other") or request.GET.get("other") or ""
    loser = what.get(ctx, UUID(asked)) if is_id(asked) else None
    if request.method == "POST" and loser is not None:
        change_set = what.merge(ctx, winner_id, loser.pk)
        say(request, _("%(loser)s was merged into %(winner)s.") % {"loser": loser, "winner": winner}, undo=change_set)
        return see_other(here)
    context: dict[str, Any] = {"winner": winner, "loser": loser, "back": here, "page_title": _("Merge"), "record": what.record}
    if loser is None:
        source = reverse("workspace:references", args=[ctx.workspace.slug, what.record.name])
        widget = ReferenceSelect(what.record.name, {"class": "control", "data-combobox": True, "data-src": source, "id": "other"})
        context |= {"alike": what.alike(ctx, winner), "choose": widget.render("other", None)}
    else:
        swap = reverse(what.merge_url, args=[ctx.workspace.slug, loser.pk]) + f"?other={winner.pk}"
        context |= {
            "lines": _lines(ctx, what.record, winner, loser),
            "moved": count_referring(what.record, loser.pk),
            "swap": swap,
        }
    return render(request, "directory/merge.html", context)


def _lines(ctx: Context, record: RecordType, winner: Account | Person, loser: Account | Person) -> list[dict[str, Any]]:
    """Field by field what each says, and which of the two stays; fields that neither fills are left out."""
    fields = record.fields_for(ctx)
    ours, theirs = record.read_values(ctx, [winner, loser], [field.name for field in fields])
    lines = []
    for field in fields:
        said, other = _shown(ctx, field, ours[field.name]), _shown(ctx, field, theirs[field.name])
        if said or other:
            lines.append({"label": field.label, "ours": said, "theirs": other, "is_taken": not said, "differs": said != other})
    return lines


def _shown(ctx: Context, field: RecordField, value: Any) -> str:  # noqa: ANN401 - any field's value
    """A value in a word or two; a record it points to by its name."""
    if value is None or value is False or value in ("", []):
        return ""
    if field.choices is not None:
        return str(dict(field.choices(ctx)).get(str(value), value))
    if field.kind in (FieldKind.MEMBER, FieldKind.REFERENCE):
        model = Member.objects if field.kind is FieldKind.MEMBER else Account.everything
        return str(model.filter(pk=value).first() or _("chosen"))
    if field.kind is FieldKind.BOOLEAN:
        return _("Yes")
    return _plainly(ctx, value)


def _plainly(ctx: Context, value: Any) -> str:  # noqa: ANN401 - any field's value
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, date):
        return formats.day(value)
    return formats.number(value, ctx) if isinstance(value, int) else str(value)


def is_id(text: str) -> bool:
    """Whether a text that came with a request is an id."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
