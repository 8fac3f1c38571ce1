"""Events that wait for an account: the list, tying one or many, taking a tie away, the list as a file."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tenure.directory.actions.tie_subject import tie_subject
from tenure.directory.actions.tie_subjects import tie_subjects
from tenure.directory.actions.untie_subject import untie_subject
from tenure.directory.queries.accounts import get_account
from tenure.directory.subject_ties import MAX_SUBJECTS, PERMISSION
from tenure.directory.views.merges import is_id
from tenure.directory.waiting_subjects import (
    KIND_LABELS,
    WaitingState,
    WaitingSubject,
    described,
    waiting_page,
    waiting_rows,
)
from tenure.stream.queries.waiting import SORTS, count_waiting
from tenure.stream.store.client import StoreUnavailable
from tenure.workspace import formats
from tenure.workspace.exports import csv_blocks
from tenure.workspace.pages import page, say, see_other
from tenure.workspace.record_form import ReferenceSelect

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request


@page(PERMISSION)
@require_GET
def waiting_events(request: Request) -> HttpResponse:
    """The list of ids whose events have no account."""
    ctx, state = request.ctx, WaitingState.read(request.GET.dict())
    context: dict[str, Any] = {"page_title": _("Events waiting for an account"), "state": state, "query": _query(state)}
    context |= {"tabs": _tabs(state), "sorts": _sorts(state), "columns": _columns(state)}
    try:
        rows, has_more = waiting_page(ctx, state)
        context |= {"rows": [_shown(ctx, row) for row in rows], "total": _total(ctx, state) if rows else ""}
    except StoreUnavailable:
        return render(request, "directory/waiting_events.html", context | {"is_away": True})
    context["next_url"] = f"?{_query(state, page=state.page + 1)}" if has_more else ""
    context["previous_url"] = f"?{_query(state, page=state.page - 1)}" if state.page > 1 else ""
    return render(request, "directory/waiting_events.html", context)


@page(PERMISSION)
@require_GET
def waiting_events_file(request: Request) -> HttpResponse:
    """The same as CSV, 100,000 lines at most."""
    ctx = request.ctx
    header = [_("Kind"), _("Id"), _("Name"), _("E-mail"), _("Domain"), _("Events"), _("First seen"), _("Last seen")]
    blocks = csv_blocks(header, waiting_rows(ctx, WaitingState.read(request.GET.dict())))
    response = HttpResponse(b"".join(blocks), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="waiting-events-{ctx.today().isoformat()}.csv"'
    return response


@page(PERMISSION)
@require_POST
def ties(request: Request) -> HttpResponse:
    """Tie what was selected; where no account was said yet, ask for one."""
    ctx, here = request.ctx, reverse("directory:waiting_events", args=[request.ctx.workspace.slug])
    suggested, _space, subject = request.POST.get("tie", "").partition(" ")
    subjects = [subject] if subject else request.POST.getlist("selected")[: MAX_SUBJECTS + 1]
    if "choose" in request.POST:
        subjects = [request.POST["choose"]]
    account = suggested or request.POST.get("account", "")
    back = _safe(request, here)
    if not subjects:
        return see_other(back)
    if not is_id(account) or "choose" in request.POST:
        return _ask(request, subjects, back)
    if len(subjects) == 1:
        change_set = tie_subject(ctx, subjects[0], UUID(account), since_at=_since(ctx, request.POST.get("since", "")))
    else:
        change_set = tie_subjects(ctx, subjects, UUID(account))
    name = get_account(ctx, UUID(account)).name
    said = ngettext("%(count)s id tied to %(account)s.", "%(count)s ids tied to %(account)s.", len(subjects))
    say(request, said % {"count": formats.number(len(subjects), ctx), "account": name}, undo=change_set)
    return see_other(back)


@page(PERMISSION)
@require_POST
def tie_removals(request: Request) -> HttpResponse:
    """Untie an id from its account; its events wait again."""
    ctx, subject = request.ctx, request.POST.get("subject", "")
    back = _safe(request, reverse("directory:waiting_events", args=[ctx.workspace.slug]))
    if subject:
        say(request, _("%(id)s is untied.") % {"id": subject[2:]}, undo=untie_subject(ctx, subject))
    return see_other(back)


def _ask(request: Request, subjects: list[str], back: str) -> HttpResponse:
    ctx = request.ctx
    source = reverse("workspace:references", args=[ctx.workspace.slug, "account"])
    attributes = {"class": "control", "data-combobox": True, "data-src": source, "id": "account", "required": True}
    context = {
        "subjects": subjects,
        "lines": described(subjects[:MAX_SUBJECTS]),
        "choose": ReferenceSelect("account", attributes).render("account", None),
        "back": back,
        "page_title": _("Tie to an account"),
    }
    return render(request, "directory/tie_form.html", context)


def _safe(request: Request, otherwise: str) -> str:
    """Where the visitor came from, where that is a page of ours."""
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/") else otherwise


def _since(ctx: Context, text: str) -> datetime | None:
    """The first instant of a day in the workspace's zone; None for no day."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), ctx.workspace.tz)
    except ValueError:
        return None


def _shown(ctx: Context, row: WaitingSubject) -> dict[str, Any]:
    names = ("subject", "id", "kind_label", "said", "first_seen", "last_seen", "suggestion")
    return {name: getattr(row, name) for name in names} | {"shown_events": formats.number(row.events, ctx)}


def _total(ctx: Context, state: WaitingState) -> str:
    subjects, _events = count_waiting(ctx, **state.asked())
    return formats.number(subjects, ctx)


def _query(state: WaitingState, **changed: object) -> str:
    said = {"kind": state.kind, "q": state.search, "sort": state.sort, **changed}
    return urlencode({name: value for name, value in said.items() if value})


def _tabs(state: WaitingState) -> list[dict[str, Any]]:
    kinds = [("", _("All")), *KIND_LABELS.items()]
    return [{"label": label, "url": f"?{_query(state, kind=kind)}", "current": state.kind == kind} for kind, label in kinds]


def _sorts(state: WaitingState) -> list[dict[str, Any]]:
    labels = {"events": _("Most events"), "last_seen": _("Seen last"), "first_seen": _("Seen first"), "id": _("By id")}
    return [{"label": labels[name], "url": f"?{_query(state, sort=name)}", "current": state.sort == name} for name in SORTS]


def _columns(state: WaitingState) -> list[dict[str, Any]]:
    def column(label: str, sort: str = "", order: str = "descending", kind: str = "") -> dict[str, Any]:
        told = {"sort": f"?{_query(state, sort=sort)}", "sorted": order if state.sort == sort else ""} if sort else {}
        return {"label": label, "kind": kind, **told}

    return [
        column(_("Id"), "id", "ascending"),
        column(_("Known as")),
        column(_("Events"), "events", kind="number"),
        column(_("First seen"), "first_seen", "ascending"),
        column(_("Last seen"), "last_seen"),
        column(_("Account")),
    ]
