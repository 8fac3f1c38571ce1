"""The filters of a cohort as chips: each a menu of links, so that they work without scripts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tenure.directory.models import Segment
from tenure.insights.cohort import FILTERS, Cohort
from tenure.insights.enums import Span
from tenure.market.models import Channel, Lead
from tenure.workspace import formats
from tenure.workspace.lists.columns import BLANK
from tenure.workspace.lists.words import known_words
from tenure.workspace.models import Member

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MAX_CHOICES = 100


def chips_of(
    ctx: Context,
    cohort: Cohort,
    extra: Mapping[str, str] | None = None,
    label: str = "",
    only: Sequence[str] = ("period", *FILTERS),
) -> list[dict[str, Any]]:
    """Period, segment, channel, persona and owner; what is set can be dropped. extra: parameters of the page that every choice keeps; only: which filters the page has."""
    kept = dict(extra or {})
    return [
        {
            "key": "chip-period",
            "label": label or _("Cohort"),
            "value": period_words(cohort),
            "drop": "",
            "choices": [(label, f"?{cohort.query(**kept, period=value)}", cohort.span == value) for value, label in Span.choices],
            "from": cohort.period.start.isoformat() if cohort.period else "",
            "to": last_day(cohort).isoformat() if cohort.period else "",  # type: ignore[union-attr]
            "kept": [*((name, getattr(cohort, name)) for name in FILTERS if getattr(cohort, name)), *kept.items()],
        },
        *(
            _chip(cohort, kept, name, label, anything, choices)
            for name, label, anything, choices in _filters(ctx)
            if name in only
        ),
    ]


def _filters(_ctx: Context) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    channels = [(str(key), name) for key, name in Channel.objects.order_by("name_sort").values_list("pk", "name")[:MAX_CHOICES]]
    personas = known_words(Lead, "persona", MAX_CHOICES)
    segments = [(str(key), name) for key, name in Segment.objects.order_by("position").values_list("pk", "name")]
    members = [(str(key), name) for key, name in Member.objects.order_by("state", "name").values_list("pk", "name")[:MAX_CHOICES]]
    return [
        ("segment", _("Segment"), _("all"), segments),
        ("channel", _("Channel"), _("all"), channels),
        ("persona", _("Persona"), _("all"), [(persona, persona) for persona in personas]),
        ("owner", _("Owner"), _("anyone"), members),
    ]


def _chip(
    cohort: Cohort, kept: Mapping[str, str], name: str, label: str, anything: str, choices: list[tuple[str, str]]
) -> dict[str, Any]:
    value = getattr(cohort, name)
    said = dict(choices) | {BLANK: _("none")}
    return {
        "key": f"chip-{name}",
        "label": label,
        "value": said.get(value, value) if value else anything,
        "drop": f"?{cohort.query(**kept, **{name: ''})}" if value else "",
        "choices": [
            (word, f"?{cohort.query(**kept, **{name: key})}", key == value) for key, word in [*choices, (BLANK, _("none"))]
        ],
    }


def period_words(cohort: Cohort) -> str:
    """The period in words: last 12 months, or its two days."""
    if cohort.span in Span.values:
        return str(Span(cohort.span).label)
    return f"{formats.day(cohort.period.start)} – {formats.day(last_day(cohort))}" if cohort.period else ""


def last_day(cohort: Cohort) -> dt.date | None:
    """The last day of the period; None for all time."""
    if cohort.period is None or cohort.period.end is None:
        return None
    return cohort.period.end - dt.timedelta(days=1)
