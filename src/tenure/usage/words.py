"""How definitions and quantities are said on pages."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tenure.usage.domain.definitions import MeterDefinition
from tenure.usage.domain.numbers import shown
from tenure.usage.questions import condition_text
from tenure.workspace import formats

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MOST_DIGITS = 4


def quantity(value: Decimal | None, ctx: Context, unit: str = "") -> str:
    """A quantity as people read it, with its unit; a dash for no value."""
    if value is None:
        return formats.DASH
    places = min(max(0, -int(value.normalize().as_tuple().exponent)), MOST_DIGITS)
    return " ".join(filter(None, [formats.number(value, ctx, digits=places), unit]))


def definition_words(definition: MeterDefinition) -> list[tuple[str, str]]:
    """What a meter counts, as names and values."""
    said = [(_("How it counts"), str(definition.aggregation.label))]
    if definition.value:
        said.append((_("Property"), definition.value))
    said.append((pgettext("usage", "Events"), ", ".join(definition.events) or _("Every event")))
    if definition.filters:
        said.append((_("Only events with"), ", ".join(condition_text(each) for each in definition.filters)))
    if definition.operation:
        said.append((_("Property that says add or remove"), definition.operation))
    if definition.group_by:
        said.append((_("Group keys"), ", ".join(definition.group_by)))
    if definition.bucket:
        said.append((_("Bucket"), str(definition.bucket.label)))
    if definition.unit:
        said.append((_("Divide by"), f"{shown(definition.unit.divide_by)} · {definition.unit.rounding.label}"))
    return said
