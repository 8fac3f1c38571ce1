"""Forms of the usage room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.usage.domain.milestones import ACTIVE_WEEKS, WATCHED_WEEKS, MilestoneRule
from tenure.usage.enums import MilestoneKind

MOST_WEEKS = 26


class MilestoneForm(forms.Form):
    """Events by milestone, one name a line, and the weeks of core use."""

    weeks_active = forms.IntegerField(label=gettext_lazy("Weeks with core use"), min_value=1, max_value=MOST_WEEKS)
    weeks_watched = forms.IntegerField(label=gettext_lazy("Of so many weeks in a row"), min_value=1, max_value=MOST_WEEKS)

    def __init__(
        self,
        posted: Mapping[str, Any] | None,
        rules: Mapping[MilestoneKind, MilestoneRule],
        suggested: Mapping[MilestoneKind, Sequence[str]],
    ) -> None:
        """posted: None shows the rules; a milestone without one shows what is suggested."""
        core = rules.get(MilestoneKind.CORE_USE)
        first = {
            "weeks_active": core.weeks_active if core else ACTIVE_WEEKS,
            "weeks_watched": core.weeks_watched if core else WATCHED_WEEKS,
        }
        super().__init__(posted, initial=first)
        words = {
            MilestoneKind.SIGN_UP: _("Makes a lead."),
            MilestoneKind.FIRST_USE: _("Makes a trial, which is an opportunity."),
            MilestoneKind.FIRST_VALUE: _("A customer who got there is live."),
            MilestoneKind.CORE_USE: _("A customer who does it regularly is adopting. Left empty: the events of core features."),
        }
        for kind in MilestoneKind:
            events = rules[kind].events if kind in rules else suggested.get(kind, ())
            self.fields[str(kind)] = forms.CharField(
                label=kind.label,
                required=False,
                initial="\n".join(events),
                help_text=words[kind],
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.order_fields([*(str(kind) for kind in MilestoneKind), "weeks_active", "weeks_watched"])

    def rules(self) -> list[MilestoneRule]:
        """What was typed. Core use without names is that of core features; any other milestone without names means nothing."""
        told = self.cleaned_data
        found = [
            MilestoneRule(kind, tuple(told[str(kind)].splitlines())) for kind in MilestoneKind if kind != MilestoneKind.CORE_USE
        ]
        core = MilestoneRule(
            MilestoneKind.CORE_USE,
            tuple(told[str(MilestoneKind.CORE_USE)].splitlines()),
            told["weeks_active"],
            told["weeks_watched"],
        )
        return [*(rule for rule in found if any(name.strip() for name in rule.events)), core]
