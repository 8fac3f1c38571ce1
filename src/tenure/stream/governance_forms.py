"""Forms of the tracking plan, refused calls, corrections and retention."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tenure.stream.domain.plan import Expected
from tenure.stream.enums_of_governance import CorrectionKind, PlanMode, PropertyKind
from tenure.stream.ingest.limits import KEPT_BODY_BYTES, NAME_CHARACTERS
from tenure.stream.models import Source
from tenure.stream.models.governance import MOST_MONTHS
from tenure.stream.queries.corrections import MOST_IDS, Amendment, EventFilter
from tenure.workspace.record_form import ReferenceSelect
from tenure.workspace.records import record_types

if TYPE_CHECKING:
    from tenure.workspace.context import Context

EMPTY_ROWS = 3


class PlanForm(forms.Form):
    """What an event is for, and what happens where it breaks the plan. Its properties are rows of their own (`plan_rows`)."""

    name = forms.CharField(label=_("Event"), max_length=NAME_CHARACTERS, help_text=_("Exactly as it is sent."))
    description = forms.CharField(
        label=_("Description"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    mode = forms.ChoiceField(
        label=_("On violation"), required=False, choices=[("", _("As the workspace has it")), *PlanMode.choices]
    )

    def __init__(self, *args: Any, is_named: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        if is_named:
            del self.fields["name"]


def plan_rows(expected: Sequence[Expected], seen: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The rows of a plan's form: what is expected, what was seen besides, and some empty ones."""
    known = {one.name for one in expected}
    rows = [*expected, *(Expected(name) for name in seen if name not in known), *(Expected("") for _ in range(EMPTY_ROWS))]
    return [
        {
            "number": number,
            "name": one.name,
            "is_expected": one.name in known,
            "is_required": one.is_required,
            "kinds": [(kind, label, kind in one.kinds) for kind, label in PropertyKind.choices],
            "allowed": ", ".join(one.allowed),
        }
        for number, one in enumerate(rows)
    ]


def read_plan_rows(posted: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The expected properties of a posted form: rows with a name that are required, typed or limited, or ticked as expected."""
    found = []
    number = 0
    while f"name-{number}" in posted:
        name = str(posted[f"name-{number}"]).strip()
        kind = str(posted.get(f"kind-{number}", ""))
        allowed = [word.strip() for word in str(posted.get(f"allowed-{number}", "")).split(",") if word.strip()]
        is_required = f"required-{number}" in posted
        if name and (kind or allowed or is_required or f"expected-{number}" in posted):
            row = {"name": name, "kinds": [kind] if kind else [], "is_required": is_required, "allowed": allowed}
            found.append(row)
        number += 1
    return found


class PlanModeForm(forms.Form):
    """Watch or block, for the whole workspace."""

    plan_mode = forms.ChoiceField(
        label=_("Events that break the plan"),
        choices=PlanMode.choices,
        help_text=_("An event's own setting goes before this one."),
    )
    unplanned_mode = forms.ChoiceField(
        label=_("Events that are not in the plan"),
        choices=PlanMode.choices,
        help_text=_("Calls such as identify, group and page always come in."),
    )


class RetentionForm(forms.Form):
    """How long events are kept."""

    kept_months = forms.IntegerField(
        label=_("Months that events are kept"),
        required=False,
        min_value=1,
        max_value=MOST_MONTHS,
        help_text=_("Whole months besides the one under way. Empty: for ever."),
    )


class MendForm(forms.Form):
    """A refused call as JSON, to be changed."""

    body = forms.CharField(
        label=_("The call, as JSON"),
        max_length=KEPT_BODY_BYTES,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "class": "control code"}),
    )

    def clean_body(self) -> str:
        """The text, if it is a JSON object."""
        text: str = self.cleaned_data["body"]
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as failed:
            raise forms.ValidationError(_("This is no JSON: %(why)s.") % {"why": str(failed)}) from failed
        if not isinstance(found, dict):
            raise forms.ValidationError(_("A call is a JSON object."))
        return text


class CorrectionForm(forms.Form):
    """Which events, and what is done to them."""

    kind = forms.ChoiceField(label=_("What is done"), choices=CorrectionKind.choices, initial=CorrectionKind.DELETE)
    name = forms.CharField(label=_("Event"), required=False, max_length=NAME_CHARACTERS)
    ids = forms.CharField(
        label=_("Event ids"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line, as the client sent them."),
    )
    subject = forms.CharField(
        label=_("Subject"),
        required=False,
        max_length=520,
        help_text=_("g: and a group's id, u: and a user's, a: and a visitor's."),
    )
    account = forms.UUIDField(label=_("Account"), required=False, widget=forms.Select)
    source = forms.ChoiceField(label=_("Source"), required=False)
    since = forms.DateField(label=_("From day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    property = forms.CharField(label=_("Property"), required=False, max_length=200)
    value = forms.CharField(label=_("equals"), required=False, max_length=2_000)
    amended = forms.CharField(
        label=_("Properties to set, as JSON"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "placeholder": '{"plan": "pro"}'}),
    )
    removed = forms.CharField(label=_("Properties to remove"), required=False, help_text=_("Separated by commas."))
    reason = forms.CharField(
        label=_("Why"), max_length=500, help_text=_("Stands in the list of corrections and in the audit, for good.")
    )

    def __init__(self, ctx: Context, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self.ctx = ctx
        source = self.fields["source"]
        assert isinstance(source, forms.ChoiceField)
        source.choices = [("", _("Any")), *((str(one.pk), one.name) for one in Source.objects.order_by("name"))]
        if "account" in record_types:
            src = reverse("workspace:references", args=[ctx.workspace.slug, "account"])
            attributes = {"class": "control", "data-combobox": True, "data-src": src}
            self.fields["account"].widget = ReferenceSelect("account", attrs=attributes)
        else:
            del self.fields["account"]

    def clean_amended(self) -> dict[str, Any]:
        """The properties to set."""
        text = self.cleaned_data["amended"].strip()
        if not text:
            return {}
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as failed:
            raise forms.ValidationError(_("This is no JSON: %(why)s.") % {"why": str(failed)}) from failed
        if not isinstance(found, dict):
            raise forms.ValidationError(_("Write a JSON object: names and values."))
        return found

    def clean_ids(self) -> tuple[str, ...]:
        """The ids, each once."""
        ids = tuple(dict.fromkeys(line.strip() for line in self.cleaned_data["ids"].splitlines() if line.strip()))
        if len(ids) > MOST_IDS:
            raise forms.ValidationError(_("At most %(most)s ids at once.") % {"most": MOST_IDS})
        return ids

    def wanted(self) -> EventFilter:
        """The filter. Days are those of the reader's zone."""
        given = self.cleaned_data
        return EventFilter(
            ids=given["ids"],
            name=given["name"],
            subject=given["subject"],
            account=given.get("account"),
            source=given["source"] or None,
            since=self._midnight(given["since"]) if given["since"] else None,
            until=self._midnight(given["until"] + timedelta(days=1)) if given["until"] else None,
            property=given["property"],
            value=given["value"],
        )

    def amendment(self) -> Amendment | None:
        """What is set and removed; None where the events are deleted."""
        if self.cleaned_data["kind"] == CorrectionKind.DELETE:
            return None
        removed = tuple(word.strip() for word in self.cleaned_data["removed"].split(",") if word.strip())
        return Amendment(self.cleaned_data["amended"], removed)

    def digest(self) -> str:
        """Which events and what is done to them, in a word: the same for the same."""
        said = repr((self.cleaned_data["kind"], self.wanted().as_json(), self.amendment()))
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    def _midnight(self, day: Any) -> datetime:  # noqa: ANN401 - a cleaned date
        return datetime.combine(day, time(), self.ctx.tz).astimezone(UTC)
