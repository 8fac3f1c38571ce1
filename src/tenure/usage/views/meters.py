"""Pages of meters: the list, one with its chart, the usage by account and the events under it, and the form with its preview."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from tenure.directory.models import Account
from tenure.kernel.errors import DomainError
from tenure.stream.store.client import StoreUnavailable, event_store
from tenure.ui.charts import Chart, Series
from tenure.usage.actions.archive_meter import archive_meter
from tenure.usage.actions.create_meter import create_meter
from tenure.usage.actions.publish_meter_version import publish_meter_version
from tenure.usage.domain.definitions import MeterDefinition
from tenure.usage.enums import WindowSize
from tenure.usage.meter_forms import DefinitionForm, MeterVersionForm, NewMeterForm, initial_of
from tenure.usage.models import MeterVersion
from tenure.usage.queries.asking import ACCOUNT, Question, find_usage
from tenure.usage.queries.meters import get_meter, latest_version, latest_versions, list_meters, list_versions, version_at
from tenure.usage.queries.of_meter import usage_of_meter
from tenure.usage.queries.under import list_counted_events, list_events_without_number, place_text, read_place
from tenure.usage.questions import read_question
from tenure.usage.words import definition_words, quantity
from tenure.workspace import formats
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.record_form import add_error
from tenure.workspace.settings_pages import heads

if TYPE_CHECKING:
    from tenure.usage.models import Meter
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request

DAYS = (7, 30, 90)
SHOWN_ACCOUNTS, SHOWN_EVENTS = 50, 50


@page("usage.view")
@require_GET
def meters(request: Request) -> HttpResponse:
    """What is counted, with the last thirty days of each."""
    ctx = request.ctx
    rows = list(list_meters(ctx))
    latest = latest_versions(list_meters(ctx))
    definitions = [latest[meter.pk].counts for meter in rows]
    values = _last_days(ctx, definitions)
    columns = heads(_("Meter"), _("How it counts"), pgettext("usage", "Events"), _("Last 30 days"))
    columns[3]["kind"] = "number"
    context = {
        "page_title": _("Meters"),
        "heads": columns,
        "is_store_away": values is None,
        "rows": [
            {
                "meter": meter,
                "counts": definition.aggregation.label,
                "events": ", ".join(definition.events) or _("Every event"),
                "value": quantity(value, ctx, meter.unit),
            }
            for meter, definition, value in zip(rows, definitions, values or [None] * len(rows), strict=True)
        ],
        "may_create": ctx.holds("usage.create_meter"),
    }
    return render(request, "usage/meters.html", context)


@page("usage.create_meter")
def meter_new(request: Request) -> HttpResponse:
    """The form of a new meter."""
    request.ctx.require_everywhere("usage.create_meter")
    form = NewMeterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            named = {name: form.cleaned_data[name] for name in ("name", "unit", "key")}
            made = create_meter(request.ctx, form.definition(), **named)
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(request, _("%(name)s counts from now on, and everything before.") % {"name": made.name})
            return see_other(_url(request, "meter", made))
    return _form_page(request, form, _("New meter"), reverse("usage:meters", args=[request.ctx.workspace.slug]))


@page("usage.view")
@require_GET
def meter(request: Request, meter_id: UUID) -> HttpResponse:
    """One meter: its usage day by day and by account, and its versions."""
    ctx = request.ctx
    found = get_meter(ctx, meter_id)
    versions = list_versions(found)
    days = _days_asked(request)
    context: dict[str, Any] = {
        "page_title": found.name,
        "meter": found,
        "facts": definition_words(versions[0].counts),
        "versions": [_version_row(ctx, version) for version in versions],
        "tabs": _day_tabs(request, found, days),
        "events_url": _url(request, "meter_events", found) + f"?days={days}",
        "may_publish": ctx.holds("usage.publish_meter_version") and not found.is_archived,
        "may_archive": ctx.holds("usage.archive_meter") and not found.is_archived,
    }
    try:
        context |= _counted(ctx, found, versions, days)
    except StoreUnavailable:
        context["is_store_away"] = True
    return render(request, "usage/meter.html", context)


@page("usage.publish_meter_version")
def meter_edit(request: Request, meter_id: UUID) -> HttpResponse:
    """The form of the meter's next version."""
    found = get_meter(request.ctx, meter_id, permission="usage.publish_meter_version")
    request.ctx.require_everywhere("usage.publish_meter_version")
    form = MeterVersionForm(request.POST or None, initial=initial_of(latest_version(found).counts))
    back = _url(request, "meter", found)
    if request.method == "POST" and form.is_valid():
        try:
            effective_at = form.effective_at(request.ctx)
            note = form.cleaned_data["note"]
            version = publish_meter_version(request.ctx, found.pk, form.definition(), effective_at=effective_at, note=note)
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(request, _("Version %(number)s counts.") % {"number": version.number})
            return see_other(back)
    return _form_page(request, form, _("Next version of %(name)s") % {"name": found.name}, back)


@page("usage.create_meter")
@require_POST
def meter_previews(request: Request) -> HttpResponse:
    """What the form would have counted in the last thirty days."""
    ctx = request.ctx
    ctx.require_everywhere("usage.create_meter")
    form = DefinitionForm(request.POST)
    context: dict[str, Any] = {}
    try:
        if form.is_valid():
            context = _preview(ctx, form.definition(), request.POST.get("unit", "")[:40])
        else:
            context = {"problem": _("Complete the form to see what it would count.")}
    except DomainError as error:
        context = {"problem": error_sentence(error)}
    return render(request, "usage/meter_preview.html", context)


@page("usage.archive_meter")
@require_POST
def meter_archivals(request: Request, meter_id: UUID) -> HttpResponse:
    """Offer it no more."""
    archived = archive_meter(request.ctx, meter_id)
    say(request, _("%(name)s is archived.") % {"name": archived.name})
    return see_other(_url(request, "meter", archived))


@page("usage.view")
@require_GET
def meter_events(request: Request, meter_id: UUID) -> HttpResponse:
    """The events under the number."""
    ctx = request.ctx
    found = get_meter(ctx, meter_id)
    days, is_strange = _days_asked(request), request.GET.get("only") == "no-number"
    account = request.GET.get("account", "")
    question = _of_days(ctx, days, account=UUID(account) if _is_uuid(account) else None)
    definition = version_at(list_versions(found), question.period.start).counts
    listed = list_events_without_number if is_strange else list_counted_events
    place = read_place(request.GET.get("after", ""))
    rows = listed(ctx, event_store(), definition, question, after=place, limit=SHOWN_EVENTS + 1)
    url = _url(request, "meter_events", found) + f"?days={days}" + (f"&account={account}" if account else "")
    only = "&only=no-number" if is_strange else ""
    context = {
        "page_title": _("Events under %(name)s") % {"name": found.name},
        "meter": found,
        "tabs": [
            {"label": _("Counted"), "url": url, "current": not is_strange},
            {"label": _("Without a number"), "url": f"{url}&only=no-number", "current": is_strange},
        ],
        "rows": rows[:SHOWN_EVENTS],
        "value_name": definition.value or _("Value"),
        "shown": formats.number(len(rows[:SHOWN_EVENTS]), ctx),
        "next_url": f"{url}{only}&after={place_text(rows[SHOWN_EVENTS - 1].place).replace('+', '%2B')}"
        if len(rows) > SHOWN_EVENTS
        else "",
    }
    return render(request, "usage/meter_events.html", context)


def _counted(ctx: Context, found: Meter, versions: list[MeterVersion], days: int) -> dict[str, Any]:
    """The chart, the whole, and the accounts with most."""
    store, question = event_store(), _of_days(ctx, days)
    daily = usage_of_meter(ctx, store, versions, _cut(question, WindowSize.DAY))[0][1]
    whole = usage_of_meter(ctx, store, versions, question)[0][1][0]
    by_account = usage_of_meter(ctx, store, versions, _cut(question, WindowSize.WHOLE, (ACCOUNT,)))
    ranked = sorted(by_account, key=lambda row: row[1][0] or Decimal(0), reverse=True)
    ids = [keys[0] for keys, _values in ranked[:SHOWN_ACCOUNTS] if keys[0] is not None]
    names = dict(Account.objects.filter(pk__in=ids).values_list("pk", "name"))
    accounts = [
        {"id": keys[0], "name": names.get(keys[0]), "value": quantity(values[0], ctx, found.unit)}
        for keys, values in ranked[:SHOWN_ACCOUNTS]
        if keys[0] is None or keys[0] in names
    ]
    columns = heads(_("Account"), pgettext("usage", "Usage"))
    columns[1]["kind"] = "number"
    labels = [
        formats.day(bound.astimezone(question.zone).date(), is_short=True) for bound in _cut(question, WindowSize.DAY).bounds[:-1]
    ]
    texts = [quantity(value, ctx, found.unit) for value in daily]
    return {
        "whole": quantity(whole, ctx),
        "accounts": accounts,
        "account_heads": columns,
        "account_count": formats.number(sum(keys[0] is not None for keys, _values in by_account), ctx),
        "more_accounts": len(ranked) > SHOWN_ACCOUNTS,
        "chart": Chart(
            "usage",
            _("Usage by day"),
            labels,
            [Series(found.name, daily, texts=texts)],
            kind="bar",
            form="decimal",
            label_name=_("Day"),
        ),
    }


def _preview(ctx: Context, definition: MeterDefinition, unit: str) -> dict[str, Any]:
    store, question = event_store(), _of_days(ctx, 30)
    (row,) = find_usage(ctx, store, [definition], question)
    return {
        "value": quantity(row.values[0][0], ctx, unit),
        "events": [
            {"event": event, "value": quantity(event.value, ctx, unit) if event.value is not None else event.text}
            for event in list_counted_events(ctx, store, definition, question, limit=5)
        ],
        "has_strange": bool(list_events_without_number(ctx, store, definition, question, limit=1)),
        "value_name": definition.value or _("Value"),
    }


def _last_days(ctx: Context, definitions: list[MeterDefinition]) -> list[Decimal | None] | None:
    """The last thirty days of each; None where the store does not answer."""
    if not definitions:
        return []
    try:
        (row,) = find_usage(ctx, event_store(), definitions, _of_days(ctx, 30))
    except StoreUnavailable:
        return None
    return [values[0] for values in row.values]


def _of_days(ctx: Context, days: int, account: UUID | None = None) -> Question:
    question = read_question(ctx, account=account)
    assert question.period.end is not None
    return read_question(ctx, start=question.period.end - timedelta(days=days), end=question.period.end, account=account)


def _cut(question: Question, size: WindowSize, by: tuple[str, ...] = ()) -> Question:
    return Question(question.period, question.zone, size, by, question.spans)


def _version_row(ctx: Context, version: MeterVersion) -> dict[str, Any]:
    since = version.effective_at
    return {
        "number": version.number,
        "since": formats.instant(since, ctx) if since else _("from ever"),
        "published": formats.instant(version.published_at, ctx),
        "by": version.published_by,
        "note": version.note,
        "says": " · ".join(value for _name, value in definition_words(version.counts)),
    }


def _days_asked(request: Request) -> int:
    text = request.GET.get("days", "30")
    return int(text) if text in {str(days) for days in DAYS} else 30


def _day_tabs(request: Request, found: Meter, current: int) -> list[dict[str, Any]]:
    url = _url(request, "meter", found)
    label = _("%(days)s days")
    return [{"label": label % {"days": days}, "url": f"{url}?days={days}", "current": days == current} for days in DAYS]


def _form_page(request: Request, form: DefinitionForm, title: str, back: str) -> HttpResponse:
    context = {
        "form": form,
        "page_title": title,
        "back": back,
        "preview_url": reverse("usage:meter_previews", args=[request.ctx.workspace.slug]),
    }
    return render(request, "usage/meter_form.html", context, status=422 if form.is_bound else 200)


def _url(request: Request, name: str, found: Meter) -> str:
    return reverse(f"usage:{name}", args=[request.ctx.workspace.slug, found.pk])


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
