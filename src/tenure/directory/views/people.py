"""Pages of people: the list, the forms, one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure.directory.actions.create_person import create_person
from tenure.directory.actions.delete_people import delete_people
from tenure.directory.actions.update_person import update_person
from tenure.directory.lists import PEOPLE
from tenure.directory.models import Person
from tenure.directory.queries.people import find_same_people, get_person
from tenure.directory.queries.timeline import timeline_page
from tenure.directory.records import PERSON
from tenure.directory.views.timeline import timeline_response
from tenure.directory.waiting_subjects import may_tie, product_ids_of
from tenure.kernel.errors import DomainError
from tenure.workspace.list_page import Surroundings, list_page
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.record_form import add_error, form_values, record_form

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request

AROUND_PEOPLE = Surroundings(
    record="person",
    row_url="directory:person",
    peek_url="directory:person_peek",
    new_url="directory:person_new",
    import_record="person",
    is_company=False,
    empty_title=gettext_lazy("No people yet"),
    empty_text=gettext_lazy(
        "People are who you talk to in an account: who decides, who pays, who uses it, and who stands in the way."
    ),
)


@page("directory.view")
@require_GET
def people(request: Request) -> HttpResponse:
    """The list of people."""
    return list_page(request, PEOPLE, AROUND_PEOPLE)


@page("directory.create_person")
def person_new(request: Request) -> HttpResponse:
    """The form of a new person; somebody with the same address is shown before they are written a second time."""
    ctx = request.ctx
    form = record_form(ctx, PERSON, request.POST or None)
    if not form.is_bound and request.GET.get("account"):
        form.initial["account"] = request.GET["account"]
    duplicates: list[Person] = []
    if request.method == "POST" and form.is_valid():
        values = form_values(form)
        if "create_anyway" not in request.POST:
            duplicates = find_same_people(ctx, email=values["email"], name=values["name"], account_id=values["account"])
        if not duplicates:
            try:
                person = create_person(ctx, {name: value for name, value in values.items() if value not in ("", None, False)})
            except DomainError as error:
                add_error(form, error, error_sentence(error))
            else:
                say(request, _("%(name)s is there.") % {"name": person.name})
                return see_other(place_of(ctx, person))
    context = {"form": form, "duplicates": duplicates, "page_title": _("New person")}
    return render(request, "directory/person_form.html", context, status=422 if form.is_bound else 200)


@page("directory.update_person")
def person_edit(request: Request, person_id: UUID) -> HttpResponse:
    """The form of a person."""
    ctx = request.ctx
    person = get_person(ctx, person_id)
    form = record_form(ctx, PERSON, request.POST or None, row=person)
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        try:
            edited = update_person(ctx, person_id, form_values(form), version=int(version) if version.isdigit() else None)
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(request, _("Saved."), undo=edited.last_change_set)
            return see_other(reverse("directory:person", args=[ctx.workspace.slug, person_id]))
    context = {"form": form, "person": person, "page_title": person.name}
    return render(request, "directory/person_form.html", context, status=422 if form.is_bound else 200)


@page("directory.view")
@require_GET
def person(request: Request, person_id: UUID) -> HttpResponse:
    """One person: what they are to us, and what happened with them."""
    context = _about(request.ctx, person_id) | timeline_page(request.ctx, person_id=person_id)
    context["older_url"] = reverse("directory:person_timeline", args=[request.ctx.workspace.slug, person_id])
    context |= {"ids": product_ids_of(context["person"]), "may_untie": may_tie(request.ctx), "back": request.path}
    return render(request, "directory/person.html", context)


@page("directory.view")
@require_GET
def person_timeline(request: Request, person_id: UUID) -> HttpResponse:
    """Older lines about the person: a part for HTMX, else a page."""
    row = get_person(request.ctx, person_id)
    context = timeline_page(request.ctx, person_id=row.pk, after=request.GET.get("after", ""))
    url = reverse("directory:person_timeline", args=[request.ctx.workspace.slug, person_id])
    back = reverse("directory:person", args=[request.ctx.workspace.slug, person_id])
    return timeline_response(request, context | {"older_url": url, "page_title": row.name, "back": back})


@page("directory.view")
@require_GET
def person_peek(request: Request, person_id: UUID) -> HttpResponse:
    """A person opened in place below their row."""
    return render(request, "directory/person_peek.html", _about(request.ctx, person_id))


@page("directory.delete_people")
@require_POST
def person_removals(request: Request, person_id: UUID) -> HttpResponse:
    """Delete a person; the next page offers to take it back."""
    ctx = request.ctx
    row = get_person(ctx, person_id)
    change_set = delete_people(ctx, [person_id])
    say(request, _("%(name)s deleted.") % {"name": row.name}, undo=change_set)
    where = (
        ("directory:account", [ctx.workspace.slug, row.account_id])
        if row.account_id
        else ("directory:people", [ctx.workspace.slug])
    )
    return see_other(reverse(where[0], args=where[1]))


def place_of(ctx: Context, person: Person) -> str:
    """Where somebody is looked at: in their account's decision chain, or on a page of their own."""
    if person.account_id is None:
        return reverse("directory:person", args=[ctx.workspace.slug, person.pk])
    return reverse("directory:account", args=[ctx.workspace.slug, person.account_id]) + "?tab=people"


def _about(ctx: Context, person_id: UUID) -> dict[str, Any]:
    row = get_person(ctx, person_id)
    return {
        "person": row,
        "page_title": row.name,
        "may_change": ctx.holds("directory.update_person"),
        "may_log": ctx.holds("directory.log_activity"),
        "may_merge": ctx.holds("directory.merge_people"),
        "may_export": ctx.holds("directory.export_person"),
        "may_erase": ctx.holds("workspace.erase_person"),
        "may_delete": ctx.holds("directory.delete_people"),
    }
