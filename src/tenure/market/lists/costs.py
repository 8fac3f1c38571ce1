"""The lists of costs: of channels by day, and of everything else that wins customers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenure.market.lists.channels import channel_choices
from tenure.market.models import ChannelDay, OtherCost
from tenure.market.records.other_cost import cost_choices
from tenure.workspace.lists import Column, ColumnKind, ListSpec

CHANNEL_COSTS = ListSpec(
    name="channel_costs",
    record="channel_cost",
    label=_("Channel costs"),
    model=ChannelDay,
    permission="market.view",
    default_sort="-on",
    related=("channel",),
    columns=(
        Column("channel", _("Channel"), ColumnKind.REFERENCE, path="channel_id", show="channel", choices=channel_choices),
        Column("on", _("Day"), ColumnKind.DATE, path="on", sort="on", show="on"),
        Column("cost", _("Cost"), ColumnKind.MONEY, path="cost_minor", sort="cost_minor", show="cost_minor", currency="currency"),
        Column("exposures", _("Exposures"), ColumnKind.NUMBER, path="exposures", show="exposures"),
        Column("clicks", _("Clicks"), ColumnKind.NUMBER, path="clicks", show="clicks"),
        Column("external_id", _("External id"), path="external_id", show="external_id", is_default=False),
        Column("created", _("Created"), ColumnKind.INSTANT, path="created_at", sort="id", show="created_at", is_default=False),
    ),
)

OTHER_COSTS = ListSpec(
    name="other_costs",
    record="other_cost",
    label=_("Other costs"),
    model=OtherCost,
    permission="market.view",
    default_sort="-on",
    columns=(
        Column("name", _("What for"), show="__str__", is_filter=False),
        Column("kind", _("Kind"), ColumnKind.CHOICE, path="kind", show="get_kind_display", choices=cost_choices),
        Column("on", _("Day"), ColumnKind.DATE, path="on", sort="on", show="on"),
        Column(
            "amount",
            _("Amount"),
            ColumnKind.MONEY,
            path="amount_minor",
            sort="amount_minor",
            show="amount_minor",
            currency="currency",
        ),
        Column("external_id", _("External id"), path="external_id", show="external_id", is_default=False),
        Column("created", _("Created"), ColumnKind.INSTANT, path="created_at", sort="id", show="created_at", is_default=False),
    ),
)
