"""Pages of sources: the list, one with its set-up, the key that is shown once, a test event."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tenure.kernel.errors import DomainError
from tenure.stream.actions.close_source import close_source
from tenure.stream.actions.create_source import create_source
from tenure.stream.actions.rotate_source_key import rotate_source_key
from tenure.stream.actions.send_test_event import send_test_event
from tenure.stream.actions.update_source import update_source
from tenure.stream.errors import StreamUnreachable
from tenure.stream.forms import NewSourceForm, SourceForm
from tenure.stream.queries.sources import activity_of_sources, get_source_for, list_sources
from tenure.stream.schemas import instant_of
from tenure.stream.setups import first_language, languages, setups_of
from tenure.workspace import formats
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.record_form import add_error
from tenure.workspace.settings_pages import heads

if TYPE_CHECKING:
    from tenure.stream.models import Source
    from tenure.workspace.pages import Request

MANAGE = "stream.manage_sources"


@page("stream.view")
@require_GET
def sources(request: Request) -> HttpResponse:
    """The places that events come from, and how lively each is."""
    request.ctx.require_everywhere("stream.view")
    activity = activity_of_sources(request.ctx)
    rows = [_row(source, activity) for source in list_sources()]
    columns = heads(_("Source"), _("Kind"), _("Last event"), _("Last 24 hours"), _("State"))
    columns[3]["kind"] = "number"
    context = {
        "page_title": _("Sources"),
        "rows": rows,
        "heads": columns,
        "is_store_away": activity is None,
        "may_manage": request.ctx.holds(MANAGE),
    }
    return render(request, "stream/sources.html", context)


@page(MANAGE)
def source_new(request: Request) -> HttpResponse:
    """Make a source; the answer shows its key, this once."""
    request.ctx.require_everywhere(MANAGE)
    form = NewSourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, key = create_source(request.ctx, **form.cleaned_data)
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            return _key_shown(request, made, key)
    context = {"form": form, "page_title": _("New source"), "back": _list_url(request), "submit": _("Make the source")}
    return render(request, "stream/source_form.html", context, status=422 if form.is_bound else 200)


@page("stream.view")
@require_GET
def source(request: Request, source_id: UUID) -> HttpResponse:
    """One source: what came from it, and how to set a client up."""
    found = get_source_for(request.ctx, "stream.view", source_id)
    key = request.GET.get("language", "")
    chosen = key if key in dict(languages()) else first_language(found.kind)
    url = _url(request, "source", found)
    context = {
        "page_title": found.name,
        "source": found,
        "row": _row(found, activity_of_sources(request.ctx)),
        "tabs": [
            {"label": label, "url": f"{url}?language={name}#setup", "current": name == chosen} for name, label in languages()
        ],
        "setups": setups_of(chosen, _address(request), "WRITE_KEY"),
        "may_manage": request.ctx.holds(MANAGE),
        "sent": request.GET.get("sent", "")[:100],
    }
    return render(request, "stream/source.html", context)


@page(MANAGE)
def source_edit(request: Request, source_id: UUID) -> HttpResponse:
    """Name it anew, or say what kind of place it is."""
    found = get_source_for(request.ctx, MANAGE, source_id)
    form = SourceForm(request.POST or None, initial={"name": found.name, "kind": found.kind})
    back = _url(request, "source", found)
    if request.method == "POST" and form.is_valid():
        update_source(request.ctx, found.pk, **form.cleaned_data)
        say(request, _("Saved."))
        return see_other(back)
    context = {"form": form, "page_title": found.name, "back": back, "submit": _("Save")}
    return render(request, "stream/source_form.html", context, status=422 if form.is_bound else 200)


@page(MANAGE)
@require_POST
def source_keys(request: Request, source_id: UUID) -> HttpResponse:
    """Another key, shown this once; the old one stops."""
    return _key_shown(request, *rotate_source_key(request.ctx, source_id))


@page(MANAGE)
@require_POST
def source_closures(request: Request, source_id: UUID) -> HttpResponse:
    """Take no more events from it."""
    closed = close_source(request.ctx, source_id)
    say(request, _("%(name)s takes no more events.") % {"name": closed.name})
    return see_other(_url(request, "source", closed))


@page(MANAGE)
@require_POST
def source_test_events(request: Request, source_id: UUID) -> HttpResponse:
    """Send a test event; the page then shows it arriving."""
    url = reverse("stream:source", args=[request.ctx.workspace.slug, source_id])
    try:
        sent = send_test_event(request.ctx, source_id)
    except StreamUnreachable as error:
        messages.error(request, error_sentence(error))
        return see_other(url)
    return see_other(url, sent=sent)


def _key_shown(request: Request, made: Source, key: str) -> HttpResponse:
    context = {
        "page_title": _("Copy the key now"),
        "source": made,
        "key": key,
        "setups": setups_of("curl", _address(request), key),
        "back": _url(request, "source", made),
    }
    return render(request, "stream/source_key.html", context, status=201)


def _row(source: Source, activity: dict[UUID, tuple[int, int]] | None) -> dict[str, object]:
    count, last = (activity or {}).get(source.pk, (0, 0))
    return {
        "source": source,
        "key": str(source.pk),
        "count": formats.number(count) if activity is not None else "—",
        "last_at": instant_of(last) if last else None,
    }


def _address(request: Request) -> str:
    """Where clients post to: this very server."""
    return request.build_absolute_uri("/").rstrip("/")


def _list_url(request: Request) -> str:
    return reverse("stream:sources", args=[request.ctx.workspace.slug])


def _url(request: Request, name: str, source: Source) -> str:
    return reverse(f"stream:{name}", args=[request.ctx.workspace.slug, source.pk])
