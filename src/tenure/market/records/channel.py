"""The record type of channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from tenure.market.domain.channel_kinds import kind_of_name
from tenure.market.enums import ChannelKind
from tenure.market.events import ChannelChanged, ChannelCreated, ChannelDeleted, ChannelRestored
from tenure.market.models import Channel, ChannelSlots
from tenure.market.records.named import NamedRecord
from tenure.workspace.lists import Choice
from tenure.workspace.records import FieldKind, RecordEvents, RecordField

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models.base import Record


def kind_choices(_ctx: Context) -> list[Choice]:
    """The kinds of channel."""
    return [Choice(value, label) for value, label in ChannelKind.choices]


class ChannelRecord(NamedRecord):
    """Channels. A channel that only has a name, as an import brings it along, gets the kind its name speaks of."""

    name = "channel"
    label = _("Channel")
    label_plural = _("Channels")
    icon = "speakerphone"
    model = Channel
    slots = ChannelSlots
    events = RecordEvents(ChannelCreated, ChannelChanged, ChannelDeleted, ChannelRestored)
    view_permission = "market.view"
    create_permission = "market.create_channel"
    change_permission = "market.update_channel"
    delete_permission = "market.delete_channels"
    fields: ClassVar[Sequence[RecordField]] = (
        RecordField(
            "name",
            _("Name"),
            is_required=True,
            is_key=True,
            synonyms=("channel", "source", "lead source", "origin", "canal", "origen", "渠道", "来源"),
        ),
        RecordField("external_id", _("External id"), is_key=True, synonyms=("id", "channel id")),
        RecordField("kind", _("Kind"), FieldKind.CHOICE, choices=kind_choices, synonyms=("type", "channel type", "tipo", "类型")),
        RecordField("description", _("Description"), FieldKind.LONG_TEXT, synonyms=("notes",), max_length=10_000),
    )

    def build(self, ctx: Context, values: dict[str, Any]) -> Record:
        """A channel of the kind given, else of the kind its name speaks of."""
        row = super().build(ctx, values)
        if not values.get("kind"):
            row.kind = kind_of_name(str(values.get("name", "")))  # type: ignore[attr-defined]
        return row


CHANNEL = ChannelRecord()
