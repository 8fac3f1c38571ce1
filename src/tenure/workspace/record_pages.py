"""Pages that every plain record has alike: the form of a new one, the form of one that is there, and taking it away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tenure.kernel.errors import DomainError
from tenure.workspace.pages import error_sentence, say, see_other
from tenure.workspace.record_form import add_error, form_values, record_form

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request
    from tenure.workspace.records import RecordType

Adjust = Callable[["Context", forms.Form], None]


@dataclass(frozen=True, slots=True)
class RecordPlaces:
    """Where a record's pages are. adjust: what a room changes about its form, such as which choices it offers.

    list_url: the name of its list. row_url: the name of its page, where it has one besides the form; else one goes back to the list.
    removal_url: the name of the address that takes it away, where its form offers that.
    """

    record: RecordType
    list_url: str
    row_url: str = ""
    removal_url: str = ""
    adjust: Adjust | None = None

    def list_at(self, ctx: Context) -> str:
        """The list's address."""
        return reverse(self.list_url, args=[ctx.workspace.slug])

    def row_at(self, ctx: Context, row: Any) -> str:  # noqa: ANN401 - a row of the record
        """The record's own page, else the list."""
        return reverse(self.row_url, args=[ctx.workspace.slug, row.pk]) if self.row_url else self.list_at(ctx)

    def form(self, ctx: Context, data: Any, row: Any = None) -> forms.Form:  # noqa: ANN401 - posted data, a row
        """The record's form."""
        form = record_form(ctx, self.record, data, row=row)
        if self.adjust is not None:
            self.adjust(ctx, form)
        return form


def new_record_page(
    request: Request,
    places: RecordPlaces,
    create: Callable[[Context, Mapping[str, Any]], Any],
    *,
    initial: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The form of a new record. initial: what it begins with."""
    ctx = request.ctx
    form = places.form(ctx, request.POST or None)
    form.initial.update(initial or {})
    if request.method == "POST" and form.is_valid():
        try:
            row = create(ctx, {name: value for name, value in form_values(form).items() if value not in ("", None, [])})
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(request, _("%(name)s is there.") % {"name": row})
            return see_other(places.row_at(ctx, row))
    context = {"form": form, "record": places.record, "back_url": places.list_at(ctx), "back": places.record.label_plural}
    title = _("New %(record)s") % {"record": _within_a_sentence(str(places.record.label))}
    return render(request, "workspace/record_form.html", {**context, "page_title": title}, status=422 if form.is_bound else 200)


def _within_a_sentence(label: str) -> str:
    """A label without its capital; abbreviations keep theirs."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def edit_record_page(request: Request, places: RecordPlaces, row: Any, update: Callable[..., Any]) -> HttpResponse:  # noqa: ANN401
    """The form of a record that is there."""
    ctx = request.ctx
    form = places.form(ctx, request.POST or None, row)
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        try:
            edited = update(ctx, row.pk, form_values(form), version=int(version) if version.isdigit() else None)
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(request, _("Saved."), undo=edited.last_change_set)
            return see_other(places.row_at(ctx, row))
    may_delete = bool(places.removal_url) and ctx.holds(places.record.delete_permission)
    context = {
        "form": form,
        "row": row,
        "record": places.record,
        "page_title": str(row),
        "back_url": places.row_at(ctx, row),
        "back": str(row) if places.row_url else places.record.label_plural,
        "removal_url": reverse(places.removal_url, args=[ctx.workspace.slug, row.pk]) if may_delete else "",
    }
    return render(request, "workspace/record_form.html", context, status=422 if form.is_bound else 200)


def record_removal(request: Request, places: RecordPlaces, row: Any, delete: Callable[..., Any]) -> HttpResponse:  # noqa: ANN401
    """Take a record away; the list offers to bring it back."""
    change_set = delete(request.ctx, [row.pk])
    say(request, _("%(name)s deleted.") % {"name": row}, undo=change_set)
    return see_other(places.list_at(request.ctx))
