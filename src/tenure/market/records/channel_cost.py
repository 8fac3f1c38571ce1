"""The record type of what channels cost, one row a channel and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from tenure.market.errors import AmountMissing, DayTaken
from tenure.market.events import ChannelCostChanged, ChannelCostCreated, ChannelCostDeleted, ChannelCostRestored
from tenure.market.models import ChannelDay, ChannelDaySlots
from tenure.workspace.records import FieldKind, RecordEvents, RecordField, RecordType

if TYPE_CHECKING:
    from tenure.workspace.context import Context


class ChannelCostRecord(RecordType):
    """A channel's day: cost, exposures, clicks."""

    name = "channel_cost"
    label = _("Channel cost")
    label_plural = _("Channel costs")
    icon = "cash"
    model = ChannelDay
    slots = ChannelDaySlots
    natural_key: ClassVar[tuple[str, ...]] = ("channel", "on")
    events = RecordEvents(ChannelCostCreated, ChannelCostChanged, ChannelCostDeleted, ChannelCostRestored)
    view_permission = "market.view"
    create_permission = "market.create_channel_cost"
    change_permission = "market.update_channel_cost"
    delete_permission = "market.delete_channel_costs"
    belongs_to: ClassVar[dict[str, str]] = {"channel": "channel_id"}
    fields: ClassVar[Sequence[RecordField]] = (
        RecordField(
            "channel",
            _("Channel"),
            FieldKind.REFERENCE,
            column="channel_id",
            references="channel",
            is_required=True,
            synonyms=("source", "campaign source", "origin", "canal", "渠道"),
        ),
        RecordField("on", _("Day"), FieldKind.DATE, is_required=True, synonyms=("date", "day", "month", "fecha", "día", "日期")),
        RecordField(
            "cost",
            _("Cost"),
            FieldKind.MONEY,
            column="cost_minor",
            currency="currency",
            synonyms=("spend", "amount spent", "amount", "coste", "gasto", "费用", "花费"),
        ),
        RecordField("currency", _("Currency"), FieldKind.CURRENCY, synonyms=("moneda", "币种"), max_length=3),
        RecordField(
            "exposures",
            _("Exposures"),
            FieldKind.INTEGER,
            synonyms=("impressions", "views", "visits", "impresiones", "曝光量", "展示次数"),
        ),
        RecordField("clicks", _("Clicks"), FieldKind.INTEGER, synonyms=("link clicks", "clics", "点击量")),
        RecordField("external_id", _("External id"), is_key=True, synonyms=("id",)),
    )

    def derive(self, ctx: Context, rows: Sequence[Any]) -> None:
        """An amount without a currency is in the workspace's; nothing counted is nought."""
        for row in rows:
            row.currency = row.currency or ctx.workspace.currency
            row.cost_minor, row.exposures, row.clicks = row.cost_minor or 0, row.exposures or 0, row.clicks or 0

    def guard(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """Raise AmountMissing for a negative amount, DayTaken where the channel has a row for that day already."""
        del ctx
        if any(min(row.cost_minor, row.exposures, row.clicks) < 0 for row in rows):
            raise AmountMissing
        if names is not None and not {"channel", "on"} & set(names):
            return
        wanted = Counter((row.channel_id, row.on) for row in rows)
        others = ChannelDay.objects.filter(channel_id__in={row.channel_id for row in rows}, on__in={row.on for row in rows})
        taken = set(others.exclude(pk__in=[row.pk for row in rows]).values_list("channel_id", "on"))
        for day, count in wanted.items():
            if count > 1 or day in taken:
                raise DayTaken(on=day[1])


CHANNEL_COST = ChannelCostRecord()
