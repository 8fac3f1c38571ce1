"""Corrections as a list: who, why and how many."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenure.stream.enums_of_governance import CorrectionKind, WorkState
from tenure.stream.models import Correction
from tenure.workspace.lists import Choice, Column, ColumnKind, ListSpec

WORK_TONES = {
    WorkState.WAITING: "sky",
    WorkState.RUNNING: "sky",
    WorkState.CANCELLING: "amber",
    WorkState.DONE: "leaf",
    WorkState.CANCELLED: "amber",
    WorkState.FAILED: "rose",
}

CORRECTIONS = ListSpec(
    name="corrections",
    label=_("Corrections"),
    model=Correction,
    permission="stream.correct_events",
    default_sort="-asked",
    columns=(
        Column("reason", _("Why"), show="reason", is_filter=False),
        Column(
            "state",
            _("State"),
            ColumnKind.CHOICE,
            path="state",
            show="get_state_display",
            choices=lambda _ctx: [Choice(value, label) for value, label in WorkState.choices],
        ),
        Column("events", _("Events"), ColumnKind.NUMBER, path="events", sort="events", show="events"),
        Column(
            "kind",
            _("Kind"),
            ColumnKind.CHOICE,
            path="kind",
            show="get_kind_display",
            choices=lambda _ctx: [Choice(value, label) for value, label in CorrectionKind.choices],
        ),
        Column("actor", _("Who"), show="actor_name", is_filter=False),
        Column("asked", _("When"), ColumnKind.INSTANT, path="asked_at", sort="asked_at", show="asked_at"),
    ),
)
