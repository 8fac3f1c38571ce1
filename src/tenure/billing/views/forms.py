"""What the forms of the billing room share: show, call one action, say so or show what stands against it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tenure.kernel.errors import DomainError
from tenure.workspace.pages import error_sentence, say, see_other
from tenure.workspace.record_form import add_error, form_values

if TYPE_CHECKING:
    from tenure.workspace.models.base import Record
    from tenure.workspace.pages import Request


def given(form: forms.Form) -> dict[str, Any]:
    """What somebody filled in; what was left empty is as it is by default."""
    return {name: value for name, value in form_values(form).items() if value not in ("", None, [], False)}


def version_of(request: Request) -> int | None:
    """The version the visitor had in hand."""
    version = request.POST.get("version", "")
    return int(version) if version.isdigit() else None


def answer_form(
    request: Request,
    form: forms.Form,
    act: Callable[[], Record],
    place: Callable[[Any], str],
    *,
    title: str,
    back: str,
    row: Record | None = None,
) -> HttpResponse:
    """The form, or after its action the place to look. act: what to do with a valid form."""
    if request.method == "POST" and form.is_valid():
        try:
            done = act()
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(request, _("Saved."), undo=done.last_change_set)
            return see_other(place(done))
    context = {"form": form, "page_title": title, "back": back, "row": row}
    return render(request, "billing/form.html", context, status=422 if form.is_bound else 200)
