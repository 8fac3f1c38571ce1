"""The live view: calls as they arrive, and what became of each; one of them whole; and a call found by its id."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tenure.kernel.errors import DomainError, NotFound
from tenure.stream.arrivals import Arrival, Look, call_at, look_at_stream
from tenure.stream.enums import EventFate
from tenure.stream.fates import Judged, judge
from tenure.stream.forms import LiveForm
from tenure.stream.ingest.accepting import microseconds
from tenure.stream.live_rows import drawn_call, drawn_row
from tenure.stream.queries.sources import list_sources
from tenure.stream.queries.stored_calls import find_at, find_by_id
from tenure.stream.store.client import StoreUnavailable
from tenure.workspace.pages import error_sentence, page, see_other
from tenure.workspace.settings_pages import heads

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from tenure.workspace.pages import Request

WINDOW_MINUTES = 15
SHOWN = 100
NO_NEWS = 204


@page("stream.view")
@require_GET
def live_events(request: Request) -> HttpResponse:
    """The last calls of the workspace, newest first. htmx asks for the rows alone (`seen`: what it shows), and hears 204 where nothing changed."""
    request.ctx.require_everywhere("stream.view")
    form = LiveForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = _found(request, asked)
    seen = hashlib.blake2b(repr(found["rows"]).encode() + str(found["notice"]).encode(), digest_size=8).hexdigest()
    if request.htmx and request.GET.get("seen") == seen:
        return HttpResponse(status=NO_NEWS)
    kept = {name: str(value) for name, value in asked.items() if value and name != "paused"}
    url = reverse("stream:live_events", args=[request.ctx.workspace.slug])
    context = found | {
        "page_title": _("Live events"),
        "sources": list_sources(),
        "fates": EventFate.choices,
        "asked": asked,
        "heads": heads(_("Event"), _("Time"), _("Whose"), _("Source"), _("What became of it")),
        "is_filtered": bool(kept),
        "is_paused": bool(asked.get("paused")),
        "poll_url": f"{url}?{urlencode(kept | {'seen': seen})}",
        "pause_url": f"{url}?{urlencode(kept | {'paused': '1'})}",
        "resume_url": f"{url}?{urlencode(kept)}",
        "minutes": WINDOW_MINUTES,
    }
    return render(request, "stream/live.html#arrivals" if request.htmx else "stream/live.html", context)


@page("stream.view")
@require_GET
def call(request: Request) -> HttpResponse:
    """One call whole: its JSON, its times, its ids, and what became of it. Asked by its number in the store, or its place in the stream."""
    request.ctx.require_everywhere("stream.view")
    if not request.GET:  # nobody's link: whoever comes here looks for one
        return see_other(reverse("stream:search", args=[request.ctx.workspace.slug]))
    judged = _judged_call(request)
    if judged is None:
        raise NotFound(kind="call")
    context = {
        "page_title": judged.call.name or judged.call.id or _("A call"),
        "judged": judged,
        "call": drawn_call(request.ctx, judged, _names_of_sources()),
        "back": reverse("stream:live_events", args=[request.ctx.workspace.slug]),
    }
    return render(request, "stream/call.html#whole" if request.htmx else "stream/call.html", context)


@page("stream.view")
@require_GET
def search(request: Request) -> HttpResponse:
    """The calls with an id: those of the last minutes, and those that the event store has."""
    request.ctx.require_everywhere("stream.view")
    call_id = request.GET.get("id", "").strip()[:512]
    rows: list[Any] = []
    notice = ""
    if call_id:
        try:
            rows = [drawn_row(request.ctx, one, _names_of_sources()) for one in _with_id(request, call_id)]
        except DomainError as error:
            notice = error_sentence(error)
    context = {
        "page_title": _("Find an event"),
        "asked_id": call_id,
        "rows": rows,
        "notice": notice,
        "heads": heads(_("Event"), _("Time"), _("Whose"), _("Source"), _("What became of it")),
        "back": reverse("stream:live_events", args=[request.ctx.workspace.slug]),
    }
    return render(request, "stream/search.html", context)


def _found(request: Request, asked: dict[str, Any]) -> dict[str, Any]:
    """Rows, and what stands above them where a part of the answer is missing."""
    try:
        look = _look(request, _wanted(asked))
    except DomainError as error:
        return {"rows": [], "notice": error_sentence(error), "is_whole": True}
    verdict = judge(request.ctx, look.arrivals, look.stream)
    judged = [one for one in verdict.calls if not asked.get("fate") or one.fate == asked["fate"]]
    names = _names_of_sources()
    notice = "" if verdict.is_store_there else _("The event store does not answer: what is counted already cannot be said.")
    rows = [drawn_row(request.ctx, one, names) for one in judged[:SHOWN]]
    return {"rows": rows, "notice": notice, "is_whole": look.is_whole and len(judged) <= SHOWN}


def _look(request: Request, wanted: Callable[[Arrival], bool]) -> Look:
    since = microseconds(request.ctx.now() - timedelta(minutes=WINDOW_MINUTES))
    return look_at_stream(request.ctx.workspace.pk, since, wanted)


def _wanted(asked: dict[str, Any]) -> Callable[[Arrival], bool]:
    """Whether a call is among those asked for: of the source, with the words in its name, and the user, visitor or group."""
    source, name, user = asked.get("source"), str(asked.get("name", "")).lower(), asked.get("user", "")

    def is_wanted(call: Arrival) -> bool:
        return (
            (not source or call.source == source)
            and (not name or name in call.name.lower())
            and (not user or user in {call.user_id, call.anonymous_id, call.group_id, call.subject})
        )

    return is_wanted


def _with_id(request: Request, call_id: str) -> list[Judged]:
    """Stored ones first; of the last minutes those that are not stored: duplicates, and what is on its way."""
    stored = [_of_store(seq, call) for seq, call in find_by_id(request.ctx.workspace.pk, call_id)]
    known = {(one.seq, one.call.idx, one.call.is_refused) for one in stored}
    look = _look(request, lambda call: call.id == call_id)
    recent = judge(request.ctx, look.arrivals, look.stream).calls
    return stored + [one for one in recent if (one.seq, one.call.idx, one.call.is_refused) not in known]


def _judged_call(request: Request) -> Judged | None:
    """The call that the address names: of the stream while it is there, else of the store."""
    numbers = {name: request.GET.get(name, "") for name in ("seq", "place", "idx")}
    seq, place, idx = (int(value) if value.isdecimal() and len(value) < 20 else 0 for value in numbers.values())  # noqa: PLR2004 - what UInt64 holds
    is_refused = request.GET.get("refused") == "1"
    if place:
        found = call_at(request.ctx.workspace.pk, place, idx, is_refused=is_refused)
        if found is not None:
            look = _look(request, lambda _call: False)
            return judge(request.ctx, [found], look.stream).calls[0]
    if not seq:
        return None
    try:
        stored = find_at(request.ctx.workspace.pk, seq, idx)
    except StoreUnavailable:
        return None
    return next((_of_store(number, call) for number, call in stored if call.is_refused == is_refused), None)


def _of_store(seq: int, call: Arrival) -> Judged:
    fate = EventFate.REFUSED if call.is_refused else EventFate.SANDBOX if call.is_sandbox else EventFate.COUNTED
    return Judged(call, fate, seq)


def _names_of_sources() -> dict[UUID, str]:
    return {source.pk: source.name for source in list_sources()}
