"""The catalogue as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.stream.enums_of_governance import PlanMode, PlanState
from tenure.stream.models import EventName
from tenure.workspace.lists import Choice, Column, ColumnKind, ListSpec

if TYPE_CHECKING:
    from tenure.workspace.context import Context

PLAN_TONES = {PlanState.PLANNED: "leaf", PlanState.UNPLANNED: "", PlanState.RETIRED: "amber"}


def _contains(_ctx: Context, text: str) -> Q:
    """A catalogue is small enough to be read whole."""
    return Q(name__icontains=text) | Q(description__icontains=text)


EVENT_NAMES = ListSpec(
    name="event_names",
    label=_("Catalogue"),
    model=EventName,
    permission="stream.view",
    default_sort="-volume",
    search=_contains,
    columns=(
        Column("event", _("Event"), sort="name", show="name", is_filter=False),
        Column(
            "plan",
            _("Plan"),
            ColumnKind.CHOICE,
            path="plan",
            show="get_plan_display",
            choices=lambda _ctx: [Choice(value, label) for value, label in PlanState.choices],
        ),
        Column("volume", _("Events"), ColumnKind.NUMBER, path="volume", sort="volume", show="volume"),
        Column("violations", _("Violations"), ColumnKind.NUMBER, path="violations", show="violations"),
        Column("last_seen", _("Last seen"), ColumnKind.INSTANT, path="last_seen_at", sort="last_seen_at", show="last_seen_at"),
        Column("first_seen", _("First seen"), ColumnKind.INSTANT, path="first_seen_at", show="first_seen_at"),
        Column(
            "mode",
            _("On violation"),
            ColumnKind.CHOICE,
            path="mode",
            show="get_mode_display",
            is_default=False,
            choices=lambda _ctx: [Choice(value, label) for value, label in PlanMode.choices],
        ),
        Column("description", _("Description"), show="description", is_filter=False, is_default=False),
    ),
)
