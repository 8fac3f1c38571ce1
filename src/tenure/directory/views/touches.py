"""Notes, activities, tasks and files of an account: each a form in a dialog, or a page of its own without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tenure.directory.queries.people import decision_chain
from tenure.kernel.errors import DomainError
from tenure.workspace.pages import error_sentence, say, see_other
from tenure.workspace.record_form import add_error, form_values, record_form

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models.base import Record
    from tenure.workspace.pages import Request
    from tenure.workspace.records import RecordType

MAX_PEOPLE = 200


def touch_form(
    ctx: Context,
    record: RecordType,
    names: tuple[str, ...],
    data: Any,  # noqa: ANN401
    *,
    account_id: UUID | None,
    row: Any = None,  # noqa: ANN401
) -> forms.Form:
    """A form of some of a record's fields in the order of `names`; who it is about is chosen among the account's people."""
    form = record_form(ctx, record, data, row=row, names=names)
    if "person" in form.fields and account_id is not None:
        people = decision_chain(ctx, account_id)[:MAX_PEOPLE]
        form.fields["person"] = forms.TypedChoiceField(
            label=form.fields["person"].label,
            required=False,
            choices=[("", "—"), *((str(person.pk), person.name) for person in people)],
            coerce=UUID,
            empty_value=None,
            widget=forms.Select(attrs={"class": "control", "data-combobox": True}),
        )
    form.order_fields(names)
    return form


def answer_form(
    request: Request,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Record],
    *,
    title: str,
    back: str,
    said: str,
    **more: object,
) -> HttpResponse:
    """The form, or once it is valid what `act` does with its values and then the page `back`; a refusal stands in the form."""
    if request.method == "POST" and form.is_valid():
        try:
            row = act(form_values(form))
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(request, said, undo=row.last_change_set)
            return see_other(back)
    context = {"form": form, "page_title": title, "back": back, "here": request.path, **more}
    template = "directory/touch_form.html"
    if request.headers.get("HX-Request"):
        template += "#form"
    return render(request, template, context, status=422 if form.is_bound else 200)


def account_page(ctx: Context, account_id: UUID | None, tab: str = "") -> str:
    """Where one goes back to: the account's page, or My day where there is none."""
    if account_id is None:
        return reverse("directory:my_day", args=[ctx.workspace.slug])
    return reverse("directory:account", args=[ctx.workspace.slug, account_id]) + (f"?tab={tab}" if tab else "")


def said_of(record: RecordType) -> str:
    """What the next page says after a new record."""
    return _("%(record)s kept.") % {"record": record.label}
