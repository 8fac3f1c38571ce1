"""The segments: three customers at most that the company wants, each with three needs and the product's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure.directory.actions.remove_segment import remove_segment
from tenure.directory.actions.save_segment import MAX_NEEDS, Need, save_segment
from tenure.directory.models import Account, Segment
from tenure.directory.models.segment import MAX_SEGMENTS
from tenure.kernel.errors import DomainError, NotFound
from tenure.workspace import formats
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.reach import scope_filter
from tenure.workspace.record_form import add_error

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request

COUNT_CAP = 1000


class SegmentForm(forms.Form):
    """A segment and its three needs."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    description = forms.CharField(label=gettext_lazy("Who they are"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        for number in range(1, MAX_NEEDS + 1):
            said = {"number": number}
            self.fields[f"need{number}"] = forms.CharField(label=_("Need %(number)s") % said, required=False, max_length=200)
            self.fields[f"answer{number}"] = forms.CharField(
                label=_("How the product answers need %(number)s") % said,
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def needs(self) -> list[Need]:
        """What was typed."""
        values = self.cleaned_data
        return [Need(values[f"need{number}"], values[f"answer{number}"]) for number in range(1, MAX_NEEDS + 1)]


@page("directory.view")
@require_GET
def segments(request: Request) -> HttpResponse:
    """The three by three: who the customers are, what they need, what answers them."""
    ctx = request.ctx
    by_position = {segment.position: segment for segment in Segment.objects.all()}
    places = [
        {"position": position, "segment": by_position.get(position), "accounts": _count(ctx, by_position.get(position))}
        for position in range(1, MAX_SEGMENTS + 1)
    ]
    context = {
        "places": places,
        "page_title": _("Segments"),
        "may_edit": ctx.holds("directory.edit_segments"),
        "any": bool(by_position),
    }
    return render(request, "directory/segments.html", context)


@page("directory.edit_segments")
def segment_edit(request: Request, position: int) -> HttpResponse:
    """The form of one segment."""
    if not 1 <= position <= MAX_SEGMENTS:
        raise NotFound(kind="segment")
    segment = Segment.objects.filter(position=position).first()
    form = SegmentForm(request.POST or None, initial=_initial(segment))
    back = reverse("directory:segments", args=[request.ctx.workspace.slug])
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            save_segment(request.ctx, position, name=values["name"], description=values["description"], needs=form.needs())
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(request, _("Saved."))
            return see_other(back)
    context = {"form": form, "segment": segment, "back": back, "page_title": segment.name if segment else _("New segment")}
    return render(request, "directory/segment_form.html", context, status=422 if form.is_bound else 200)


@page("directory.edit_segments")
@require_POST
def segment_removals(request: Request, position: int) -> HttpResponse:
    """Give a segment up; a place that is free already stays so."""
    segment = Segment.objects.filter(position=position).first()
    if segment is not None:
        remove_segment(request.ctx, segment.pk)
        say(request, _("Segment %(name)s removed.") % {"name": segment.name})
    return see_other(reverse("directory:segments", args=[request.ctx.workspace.slug]))


def _count(ctx: Context, segment: Segment | None) -> str:
    """How many accounts are in it, counted no further than a thousand."""
    if segment is None:
        return ""
    rows = Account.objects.filter(scope_filter(ctx, "directory.view", Account), segment=segment)
    count = rows[: COUNT_CAP + 1].count()
    return formats.number(count, ctx) if count <= COUNT_CAP else f"{formats.number(COUNT_CAP, ctx)}+"


def _initial(segment: Segment | None) -> dict[str, Any]:
    if segment is None:
        return {}
    initial = {"name": segment.name, "description": segment.description}
    for number, need in enumerate(segment.needs, 1):
        initial |= {f"need{number}": need.get("need", ""), f"answer{number}": need.get("answer", "")}
    return initial
