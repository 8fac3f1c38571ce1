"""The rows of an event's page: its properties by kind beside what the plan wants, and the violations with examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tenure.stream.domain.plan import Expected, read_expected, reason_of
from tenure.stream.enums_of_governance import PropertyKind
from tenure.stream.ingest.instants import read_instant
from tenure.stream.models import EventName, EventProperty, PlanViolation
from tenure.workspace import formats

if TYPE_CHECKING:
    from tenure.workspace.context import Context

KINDS = (
    ("texts", PropertyKind.TEXT),
    ("integers", PropertyKind.INTEGER),
    ("decimals", PropertyKind.NUMBER),
    ("booleans", PropertyKind.BOOLEAN),
    ("lists", PropertyKind.LIST),
    ("maps", PropertyKind.OBJECT),
)


def property_rows(ctx: Context, event_name: EventName, properties: Sequence[EventProperty]) -> list[dict[str, Any]]:
    """The properties that were seen, then those that the plan wants and nobody sent."""
    expected = {one.name: one for one in read_expected(event_name.expected)}
    rows = [
        {
            "name": one.name,
            "kinds": _kinds(ctx, one),
            "share": formats.percent(min(1.0, one.volume / event_name.volume), ctx) if event_name.volume else formats.DASH,
            "volume": formats.number(one.volume, ctx),
            "first": one.first_seen_at,
            "last": one.last_seen_at,
            "expected": wanted_words(expected.get(one.name)),
        }
        for one in properties
    ]
    seen = {one.name for one in properties}
    return rows + [
        {
            "name": name,
            "kinds": [],
            "share": formats.DASH,
            "volume": "0",
            "first": None,
            "last": None,
            "expected": wanted_words(one),
        }
        for name, one in expected.items()
        if name not in seen
    ]


def kind_counts(one: EventProperty) -> dict[str, int]:
    """How many values of each kind, those that came at all."""
    counts = {str(kind): int(getattr(one, column)) for column, kind in KINDS} | {"null": one.nulls}
    return {kind: count for kind, count in counts.items() if count}


def violation_rows(ctx: Context, event_name: EventName) -> list[dict[str, Any]]:
    """Ways in which the events broke the plan, the most frequent first."""
    expected = {one.name: one for one in read_expected(event_name.expected)}
    return [
        {
            "way": row.get_code_display(),
            "property": row.property,
            "reason": reason_of(row.code, expected[row.property]) if row.property in expected else "",
            "count": formats.number(row.count, ctx),
            "last": row.last_at,
            "examples": [{**one, "at": read_instant(one["at"])} for one in row.examples],
        }
        for row in PlanViolation.objects.filter(event_name=event_name).order_by("-count", "code", "property")
    ]


def wanted_words(one: Expected | None) -> str:
    """What the plan wants of a property, in a few words."""
    if one is None:
        return ""
    parts = [str(PropertyKind(kind).label) for kind in one.kinds]
    parts += [_("one of %(values)s") % {"values": ", ".join(one.allowed)}] if one.allowed else []
    return " · ".join([_("required") if one.is_required else _("optional"), *parts])


def _kinds(ctx: Context, one: EventProperty) -> list[str]:
    names = {str(kind): str(kind.label) for _column, kind in KINDS} | {"null": "null"}
    counts = kind_counts(one)
    if len(counts) == 1:
        return [names[next(iter(counts))]]
    return [f"{names[kind]} ({formats.number(count, ctx)})" for kind, count in counts.items()]
