"""Pages of refused calls: found by filter, mended and replayed one by one or all at once, dismissed; and replays under way."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tenure.kernel.errors import DomainError
from tenure.stream.actions.cancel_replay import cancel_replay
from tenure.stream.actions.dismiss_refusals import dismiss_refusals
from tenure.stream.actions.replay_refusal import replay_refusal
from tenure.stream.actions.start_replay import start_replay
from tenure.stream.enums_of_governance import UNDER_WAY, WorkState
from tenure.stream.governance_forms import MendForm
from tenure.stream.lists.corrections import WORK_TONES
from tenure.stream.models import Replay, Source
from tenure.stream.queries.refusals import (
    COUNT_CAP,
    PAGE_ROWS,
    Place,
    Refusal,
    RefusalFilter,
    count_refusals,
    get_refusal,
    list_codes,
    list_refusals,
    walk_refusals,
)
from tenure.stream.queries.replays import get_replay
from tenure.stream.store.client import StoreUnavailable
from tenure.workspace import formats
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.record_form import add_error

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request

VIEW, MAY_REPLAY = "stream.view_refusals", "stream.replay_refusals"
EXPORTED_ROWS = 100_000
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@page(VIEW)
@require_GET
def refusals(request: Request) -> HttpResponse:
    """Refused calls of the last 90 days, the newest first."""
    ctx = request.ctx
    ctx.require_everywhere(VIEW)
    asked = _asked(request)
    query = urlencode({name: value for name, value in asked.items() if value})
    context: dict[str, Any] = {
        "page_title": _("Refused calls"),
        "asked": asked,
        "is_whole": not any(asked.values()),
        "sources": list(Source.objects.order_by("name").values_list("pk", "name")),
        "replays": _replay_lines(ctx),
        "query": query,
        "may_replay": ctx.holds(MAY_REPLAY),
        "may_export": ctx.holds("workspace.export"),
    }
    try:
        context |= _found(ctx, _wanted(ctx, asked), request.GET.get("after", ""), query)
    except StoreUnavailable:
        context["is_away"] = True
    return render(request, "stream/refusals.html", context)


@page(VIEW)
@require_GET
def refusals_export(request: Request) -> HttpResponse:
    """The same as CSV, with the calls themselves."""
    ctx = request.ctx
    ctx.require_everywhere(VIEW)
    ctx.require("workspace.export")
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(["received_at", "source", "code", "reason", "event", "id", "state", "call"])
    for number, one in enumerate(walk_refusals(ctx, _wanted(ctx, _asked(request)), with_body=True)):
        if number >= EXPORTED_ROWS:
            break
        state = one.mark.state if one.mark else "open"
        texts = (one.reason, one.name, one.event_id, state, one.text)
        rows.writerow([one.received_at.isoformat(), one.source, one.code, *map(_harmless, texts)])
    response = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="refused-calls-{ctx.today().isoformat()}.csv"'
    return response


@page(VIEW)
@require_GET
def refusal(request: Request, refusal_key: str) -> HttpResponse:
    """One refused call: why, what it was, and the form to mend it."""
    return _refusal_page(request, get_refusal(request.ctx, refusal_key), None)


@page(MAY_REPLAY)
@require_POST
def refusal_replays(request: Request, refusal_key: str) -> HttpResponse:
    """Replay one call, as it was mended."""
    ctx = request.ctx
    found = get_refusal(ctx, refusal_key)
    form = MendForm(request.POST)
    if form.is_valid():
        try:
            replay_refusal(ctx, refusal_key, body=form.cleaned_data["body"])
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(request, _("The call is accepted. It counts at the time it first came."))
            return see_other(_here(request))
    return _refusal_page(request, found, form, status=422)


@page(MAY_REPLAY)
@require_POST
def refusal_dismissals(request: Request) -> HttpResponse:
    """Put the selected calls aside."""
    count = dismiss_refusals(request.ctx, request.POST.getlist("selected"))
    text = ngettext("%(count)s call is dismissed.", "%(count)s calls are dismissed.", count)
    say(request, text % {"count": formats.number(count, request.ctx)})
    return see_other(_here(request), **_asked(request))


@page(MAY_REPLAY)
@require_POST
def replays(request: Request) -> HttpResponse:
    """Replay all open calls of the filter."""
    ctx = request.ctx
    row = start_replay(ctx, _wanted(ctx, _asked(request)))
    return see_other(reverse("stream:replay", args=[ctx.workspace.slug, row.pk]))


@page(MAY_REPLAY)
@require_GET
def replay(request: Request, replay_id: UUID) -> HttpResponse:
    """A replay, under way or done."""
    row = get_replay(request.ctx, replay_id)
    return render(request, "stream/replay.html", {"page_title": _("Replay"), **_replay_context(request.ctx, row)})


@page(MAY_REPLAY)
@require_GET
def replay_progress(request: Request, replay_id: UUID) -> HttpResponse:
    """How far it is."""
    row = get_replay(request.ctx, replay_id)
    response = render(request, "stream/replay.html#progress", _replay_context(request.ctx, row))
    if row.state not in UNDER_WAY:
        response["HX-Refresh"] = "true"
    return response


@page(MAY_REPLAY)
@require_POST
def replay_cancellations(request: Request, replay_id: UUID) -> HttpResponse:
    """Stop it."""
    cancel_replay(request.ctx, replay_id)
    return see_other(reverse("stream:replay", args=[request.ctx.workspace.slug, replay_id]))


def _here(request: Request) -> str:
    return reverse("stream:refusals", args=[request.ctx.workspace.slug])


def _asked(request: Request) -> dict[str, str]:
    """The filter as it stands in the address, or was posted along."""
    given = request.POST if request.method == "POST" else request.GET
    return {name: given.get(name, "").strip()[:300] for name in ("code", "source", "name", "since", "until")}


def _wanted(ctx: Context, asked: dict[str, str]) -> RefusalFilter:
    """The filter itself; what cannot be read asks for nothing. Days are those of the reader's zone."""

    def midnight(text: str, days: int) -> datetime | None:
        try:
            return datetime.combine(date.fromisoformat(text) + timedelta(days=days), time(), ctx.tz)
        except (ValueError, OverflowError):
            return None

    try:
        source = UUID(asked["source"])
    except ValueError:
        source = None
    return RefusalFilter(asked["code"], source, asked["name"], midnight(asked["since"], 0), midnight(asked["until"], 1))


def _found(ctx: Context, wanted: RefusalFilter, after: str, query: str) -> dict[str, Any]:
    rows = list_refusals(ctx, wanted, after=Place.read(after), limit=PAGE_ROWS + 1)
    names = dict(Source.objects.values_list("pk", "name"))
    count = count_refusals(ctx, wanted)
    shown = rows[:PAGE_ROWS]
    following = urlencode({"after": str(shown[-1].place)}) if len(rows) > PAGE_ROWS else ""
    return {
        "rows": [_line(ctx, one, names) for one in shown],
        "count": formats.number(count, ctx) + ("+" if count >= COUNT_CAP else ""),
        "codes": [(code, formats.number(number, ctx)) for code, number in list_codes(ctx)],
        "next_url": f"?{query}&{following}".replace("?&", "?") if following else "",
        "first_url": f"?{query}" if after else "",
    }


def _line(ctx: Context, one: Refusal, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "one": one,
        "url": reverse("stream:refusal", args=[ctx.workspace.slug, one.key]),
        "source": names.get(one.source, ""),
        "title": one.name or _("Without a name"),
        "state": one.mark.get_state_display() if one.mark else _("Open"),
        "tone": {"replayed": "leaf", "dismissed": ""}[one.mark.state] if one.mark else "amber",
    }


def _refusal_page(request: Request, found: Refusal, form: MendForm | None, *, status: int = 200) -> HttpResponse:
    ctx = request.ctx
    source = Source.objects.filter(pk=found.source).first()
    facts = [
        (_("Code"), found.code),
        (_("Received"), formats.instant(found.received_at, ctx)),
        (_("Source"), source.name if source else found.source),
        (_("Event"), found.name),
        (_("Event id"), found.event_id),
        (_("Place in the request"), formats.number(found.position, ctx)),
    ]
    context = {
        "page_title": found.name or _("Refused call"),
        "refusal": found,
        "line": _line(ctx, found, {}),
        "facts": [(name, value) for name, value in facts if value != ""],
        "text": pretty(found.text),
        "form": form or MendForm(initial={"body": pretty(found.text)}),
        "may_replay": ctx.holds(MAY_REPLAY) and found.mark is None and source is not None,
    }
    return render(request, "stream/refusal.html", context, status=status)


def pretty(text: str) -> str:
    """JSON with a line for each value where it keeps every number as it was; anything else as it is."""
    try:
        found = json.loads(text, parse_float=_Exact)
        return json.dumps(found, ensure_ascii=False, indent=2)
    except (ValueError, TypeError, RecursionError):
        return text


class _Exact(float):
    """A number that is written as it was read."""

    def __new__(cls, text: str) -> Self:
        made = super().__new__(cls, text)
        if repr(float(made)) != text:
            raise ValueError(text)
        return made


def _replay_lines(ctx: Context) -> list[dict[str, Any]]:
    """Replays that are under way, to be looked at."""
    if not ctx.holds(MAY_REPLAY):
        return []
    rows = Replay.objects.filter(state__in=UNDER_WAY).order_by("-asked_at")[:5]
    return [{"url": reverse("stream:replay", args=[ctx.workspace.slug, row.pk]), "row": row} for row in rows]


def _replay_context(ctx: Context, row: Replay) -> dict[str, Any]:
    state = WorkState(row.state)
    return {
        "replay": row,
        "is_under_way": row.state in UNDER_WAY,
        "state": state.label,
        "tone": WORK_TONES[state],
        "counted": f"{formats.number(row.done, ctx)} / {formats.number(row.total, ctx)}",
        "figures": [
            {"label": _("Looked at"), "value": formats.number(row.done, ctx)},
            {"label": _("Accepted"), "value": formats.number(row.accepted, ctx)},
            {
                "label": _("Still open or handled before"),
                "value": formats.number(row.done - row.accepted, ctx),
            },
        ],
    }


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
