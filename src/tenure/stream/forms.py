"""Forms of the stream room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tenure.stream.enums import EventFate, SourceKind


class SourceForm(forms.Form):
    """A source: its name and kind."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Which program sends from here, and where it runs."))
    kind = forms.ChoiceField(label=_("Kind"), choices=SourceKind.choices, initial=SourceKind.SERVER)


class NewSourceForm(SourceForm):
    """A new source, which may be a sandbox."""

    is_sandbox = forms.BooleanField(
        label=_("Sandbox"),
        required=False,
        help_text=_("For trying out: its events are shown, kept apart for seven days, and never counted. It stays one for good."),
    )


class LiveForm(forms.Form):
    """What of the arriving calls is shown."""

    source = forms.UUIDField(required=False)
    name = forms.CharField(required=False, max_length=256, strip=True)
    user = forms.CharField(required=False, max_length=512, strip=True)
    fate = forms.ChoiceField(required=False, choices=[("", ""), *EventFate.choices])
    paused = forms.BooleanField(required=False)
