"""The list of channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tenure.market.models import Channel
from tenure.market.queries.leads import matches_name
from tenure.market.records.channel import kind_choices
from tenure.workspace.lists import Choice, Column, ColumnKind, ListSpec

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MAX_CHANNELS = 200


def channel_choices(_ctx: Context) -> list[Choice]:
    """The channels by name."""
    return [Choice(str(channel.pk), channel.name) for channel in Channel.objects.order_by("name_sort", "id")[:MAX_CHANNELS]]


CHANNELS = ListSpec(
    name="channels",
    record="channel",
    label=_("Channels"),
    model=Channel,
    permission="market.view",
    default_sort="name",
    search=matches_name,
    columns=(
        Column("name", _("Channel"), sort="name_sort", show="__str__", is_filter=False),
        Column("kind", _("Kind"), ColumnKind.CHOICE, path="kind", show="get_kind_display", choices=kind_choices),
        Column("updated", _("Last change"), ColumnKind.INSTANT, path="updated_at", sort="updated_at", show="updated_at"),
        Column("description", _("Description"), show="description", is_filter=False, is_default=False),
        Column("external_id", _("External id"), path="external_id", show="external_id", is_default=False),
        Column("created", _("Created"), ColumnKind.INSTANT, path="created_at", sort="id", show="created_at", is_default=False),
    ),
)
