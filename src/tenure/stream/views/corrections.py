"""Pages of corrections: the list, a new one with its preview, and one under way or done."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure.kernel.errors import DomainError
from tenure.stream.actions.cancel_correction import cancel_correction
from tenure.stream.actions.correct_events import correct_events, guard_amendment, kept_preview
from tenure.stream.enums_of_governance import CorrectionKind, WorkState
from tenure.stream.governance_forms import CorrectionForm
from tenure.stream.lists.corrections import CORRECTIONS, WORK_TONES
from tenure.stream.models import Correction, Source
from tenure.stream.queries.corrections import VIEW, EventFilter, get_correction, preview_correction
from tenure.stream.readers import written_upto
from tenure.workspace import formats
from tenure.workspace.list_page import Surroundings, list_page
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.record_form import add_error
from tenure.workspace.settings_pages import account_names

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request

SHOWN_ACCOUNTS = 12
AROUND_CORRECTIONS = Surroundings(
    record="",
    row_url="stream:correction",
    actions="stream/corrections_actions.html",
    empty_title=gettext_lazy("Nothing was corrected yet"),
    empty_text=gettext_lazy(
        "Events are never changed by the way. Where a test ran against the wrong key, or a property was sent in the wrong unit, "
        "a correction deletes or changes those events: with a preview, a reason, and a line here for good."
    ),
)


@page(VIEW)
@require_GET
def corrections(request: Request) -> HttpResponse:
    """Every correction: who, why, how many."""
    return list_page(request, CORRECTIONS, AROUND_CORRECTIONS)


@page(VIEW)
def correction_new(request: Request) -> HttpResponse:
    """The form of a correction; a first post shows what it would do, a second one has it done."""
    ctx = request.ctx
    ctx.require_everywhere(VIEW)
    if request.method != "POST":
        given = {name: request.GET.get(name, "") for name in ("name", "subject", "ids")}
        return _form_page(request, CorrectionForm(ctx, initial=given))
    form = CorrectionForm(ctx, request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    try:
        # What was changed after the preview is previewed first.
        if request.POST.get("do") == "carry_out" and request.POST.get("previewed") == form.digest():
            row = correct_events(ctx, form.wanted(), reason=form.cleaned_data["reason"], amendment=form.amendment())
            say(request, _("The correction is under way. You may leave this page."))
            return see_other(reverse("stream:correction", args=[ctx.workspace.slug, row.pk]))
        guard_amendment(form.amendment())
        found = preview_correction(ctx, form.wanted().frozen(), form.amendment(), written_upto())
    except DomainError as error:
        add_error(form, error, error_sentence(error))
        return _form_page(request, form, status=422)
    events = formats.number(found.events, ctx)
    is_deletion = form.cleaned_data["kind"] == CorrectionKind.DELETE
    button = (_("Delete %(events)s events") if is_deletion else _("Change %(events)s events")) % {"events": events}
    told = {
        "is_preview": True,
        "digest": form.digest(),
        "events": found.events,
        "events_shown": events,
        "is_deletion": is_deletion,
        "button": button,
    }
    return _form_page(request, form, **told, **_shown(ctx, kept_preview(found)))


@page(VIEW)
@require_GET
def correction(request: Request, correction_id: UUID) -> HttpResponse:
    """One correction: who, why, which events, before and after."""
    ctx = request.ctx
    row = get_correction(ctx, correction_id)
    context = {
        "page_title": row.reason,
        "facts": _facts(ctx, row),
        **_shown(ctx, row.preview),
        **_progress(ctx, row),
    }
    return render(request, "stream/correction.html", context)


@page(VIEW)
@require_GET
def correction_progress(request: Request, correction_id: UUID) -> HttpResponse:
    """How far it is."""
    row = get_correction(request.ctx, correction_id)
    response = render(request, "stream/correction.html#progress", _progress(request.ctx, row))
    if not row.is_under_way:
        response["HX-Refresh"] = "true"
    return response


@page(VIEW)
@require_POST
def correction_cancellations(request: Request, correction_id: UUID) -> HttpResponse:
    """Stop it after the month it is at."""
    cancel_correction(request.ctx, correction_id)
    return see_other(reverse("stream:correction", args=[request.ctx.workspace.slug, correction_id]))


def _form_page(request: Request, form: CorrectionForm, *, status: int = 200, **more: object) -> HttpResponse:
    told = {"page_title": _("Correct events"), "form": form, "which": _WHICH, "done": _DONE, **more}
    return render(request, "stream/correction_new.html", told, status=status)


_WHICH = ("name", "since", "until", "subject", "account", "source", "property", "value", "ids")
_DONE = ("kind", "amended", "removed", "reason")


def _progress(ctx: Context, row: Correction) -> dict[str, Any]:
    state = WorkState(row.state)
    return {
        "correction": row,
        "state": state.label,
        "tone": WORK_TONES[state],
        "counted": f"{formats.number(row.corrected, ctx)} / {formats.number(row.events, ctx)}",
    }


def _shown(ctx: Context, preview: dict[str, Any]) -> dict[str, Any]:
    """A preview's accounts and sums, ready to be drawn."""
    accounts = preview.get("accounts", [])
    known = [UUID(key) for key, _count in accounts if key]
    names = account_names(ctx, known)
    lines = [
        (names.get(UUID(key), _("An account you may not see")) if key else _("Not known whose"), formats.number(count, ctx))
        for key, count in accounts
    ]
    sums = [
        {
            "property": name,
            "events": formats.number(count, ctx),
            "before": formats.number(Decimal(before), ctx),
            "after": formats.number(Decimal(after), ctx),
            "change": formats.number(Decimal(after) - Decimal(before), ctx),
            "is_same": before == after,
        }
        for name, count, before, after in preview.get("sums", [])
    ]
    return {
        "accounts": lines[:SHOWN_ACCOUNTS],
        "more_accounts": max(0, len(lines) - SHOWN_ACCOUNTS),
        "sums": sums,
        "names": [(name, formats.number(count, ctx)) for name, count in preview.get("names", [])[:SHOWN_ACCOUNTS]],
    }


def _facts(ctx: Context, row: Correction) -> list[tuple[str, object]]:
    shown = [
        (_("What is done"), row.get_kind_display()),
        (_("Who"), row.actor_name),
        (_("When"), formats.instant(row.asked_at, ctx)),
        (_("Finished"), formats.instant(row.finished_at, ctx) if row.finished_at else ""),
        (_("Events found"), formats.number(row.events, ctx)),
        (_("Events corrected"), formats.number(row.corrected, ctx)),
        *_wanted_words(ctx, EventFilter.from_json(row.wanted)),
        (_("Properties set"), ", ".join(f"{name} = {value}" for name, value in row.amended.items())),
        (_("Properties removed"), ", ".join(row.removed)),
    ]
    return [(name, value) for name, value in shown if value]


def _wanted_words(ctx: Context, wanted: EventFilter) -> list[tuple[str, object]]:
    source = Source.objects.filter(pk=wanted.source).first() if wanted.source else None
    account = account_names(ctx, [wanted.account]).get(wanted.account, wanted.account) if wanted.account else ""
    return [
        (_("Event"), wanted.name),
        (_("Event ids"), ", ".join(wanted.ids[:20]) + (" …" if len(wanted.ids) > 20 else "")),  # noqa: PLR2004 - a line's worth
        (_("Subject"), wanted.subject),
        (_("Account"), account),
        (_("Source"), source.name if source else wanted.source),
        (_("From"), formats.instant(wanted.since, ctx) if wanted.since else ""),
        (_("Until"), formats.instant(wanted.until, ctx) if wanted.until else ""),
        (_("Property"), f"{wanted.property} = {wanted.value}" if wanted.property else ""),
    ]
