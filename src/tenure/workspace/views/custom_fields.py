"""Settings: the fields that a workspace adds to its records."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tenure.kernel.errors import DomainError
from tenure.workspace.actions.create_custom_field import create_custom_field
from tenure.workspace.actions.retire_custom_field import reinstate_custom_field, retire_custom_field
from tenure.workspace.actions.update_custom_field import update_custom_field
from tenure.workspace.enums import CustomKind
from tenure.workspace.models import CustomField
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.record_form import add_error
from tenure.workspace.records import record_types
from tenure.workspace.settings_pages import settings_tabs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenure.workspace.pages import Request
    from tenure.workspace.records import RecordType


class CustomFieldForm(forms.Form):
    """A field's name, kind and rules."""

    record = forms.ChoiceField(label=gettext_lazy("Kind of record"))
    label = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("What it holds"), choices=CustomKind.choices)
    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line, for a choice."),
    )
    help_text = forms.CharField(label=gettext_lazy("Help"), required=False, max_length=200)
    is_required = forms.BooleanField(label=gettext_lazy("Required"), required=False)
    is_unique = forms.BooleanField(label=gettext_lazy("Unique: no two records may have the same value"), required=False)
    is_restricted = forms.BooleanField(label=gettext_lazy("Only for members who may see restricted fields"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        taking = [(record.name, record.label_plural) for record in record_types.values() if record.slots]
        self.fields["record"].choices = taking  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, object]:
        """What the action takes."""
        return self.cleaned_data | {
            "choices": [line.strip() for line in self.cleaned_data["choices"].splitlines() if line.strip()]
        }


@page("workspace.create_custom_field")
def custom_fields(request: Request) -> HttpResponse:
    """The fields of one kind of record, with the other kinds beside it, and the form of a new one."""
    kinds = [record for record in record_types.values() if record.slots]
    wanted = request.POST.get("record") or request.GET.get("record", "")
    shown = next((record for record in kinds if record.name == wanted), kinds[0])
    form = CustomFieldForm(request.POST or None, initial={"record": shown.name})
    if request.method == "POST" and form.is_valid():
        try:
            field = create_custom_field(request.ctx, **form.values)  # type: ignore[arg-type]
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(request, _("%(field)s is there: in forms, lists, imports and the API.") % {"field": field.label})
            return see_other(_here(request, shown.name))
    fields = CustomField.objects.order_by("retired_at", "position")
    context = {
        "page_title": _("Fields"),
        "settings_tabs": settings_tabs(request.ctx, "custom_fields"),
        "form": form,
        "kind": shown,
        "kinds": _kind_tabs(request, kinds, shown, Counter(field.record for field in fields if field.retired_at is None)),
        "fields": [field for field in fields if field.record == shown.name],
    }
    return render(request, "workspace/custom_fields.html", context, status=422 if form.is_bound else 200)


def _kind_tabs(request: Request, kinds: Sequence[RecordType], shown: RecordType, counts: Counter[str]) -> list[dict[str, object]]:
    return [
        {
            "label": kind.label_plural,
            "url": f"{_here(request)}?record={kind.name}",
            "current": kind is shown,
            "count": counts[kind.name] or "",
        }
        for kind in kinds
    ]


@page("workspace.update_custom_field")
@require_POST
def custom_field_names(request: Request, field_id: UUID) -> HttpResponse:
    """Rename a field; its values stay."""
    label = request.POST.get("label", "").strip()[:80] or _("Field")
    return see_other(_here(request, update_custom_field(request.ctx, field_id, {"label": label}).record))


@page("workspace.retire_custom_field")
@require_POST
def custom_field_retirements(request: Request, field_id: UUID) -> HttpResponse:
    """Retire a field, or bring it back with its values."""
    change = reinstate_custom_field if "back" in request.POST else retire_custom_field
    return see_other(_here(request, change(request.ctx, field_id).record))


def _here(request: Request, record: str = "") -> str:
    address = reverse("workspace:custom_fields", args=[request.ctx.workspace.slug])
    return f"{address}?record={record}" if record else address
