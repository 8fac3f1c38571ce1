"""Channels: the ways on which prospects come, with what each day cost and how often it was seen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.directory.models.living import LIVING, living_index
from tenure.market.enums import ChannelKind
from tenure.workspace.models.base import Record


class Channel(Record):
    """A way on which prospects come. `name_sort` and `name_key` are computed; two channels never share a key."""

    name = models.TextField(_("Name"))
    name_sort = models.TextField(db_collation="C", editable=False)
    name_key = models.TextField(db_collation="C", editable=False)
    kind = models.TextField(_("Kind"), choices=ChannelKind, default=ChannelKind.OTHER, db_collation="C")
    description = models.TextField(_("Description"), blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "external_id"], name="channel_external_id", condition=LIVING & ~Q(external_id="")
            ),
            models.UniqueConstraint(fields=["workspace", "name_key"], name="channel_name_key", condition=LIVING),
            models.CheckConstraint(condition=Q(kind__in=ChannelKind.values), name="channel_kind"),
        ]
        indexes: ClassVar = [
            living_index("channel_id", "id"),
            living_index("channel_name", "name_sort", "id"),
            living_index("channel_updated", "updated_at", "id"),
        ]

    def __str__(self) -> str:
        """The channel's name."""
        return self.name


class ChannelDay(Record):
    """What a channel cost on one day, how often it was seen, and how often somebody followed it. One row a channel and day."""

    channel = models.ForeignKey(Channel, verbose_name=_("Channel"), on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField(_("Day"))
    cost_minor = models.BigIntegerField(_("Cost"), default=0)
    currency = models.TextField(_("Currency"), db_collation="C", max_length=3)
    exposures = models.BigIntegerField(_("Exposures"), default=0)
    clicks = models.BigIntegerField(_("Clicks"), default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "external_id"], name="channel_day_external_id", condition=LIVING & ~Q(external_id="")
            ),
            models.UniqueConstraint(fields=["workspace", "channel", "on"], name="channel_day_once", condition=LIVING),
            models.CheckConstraint(condition=Q(cost_minor__gte=0, exposures__gte=0, clicks__gte=0), name="channel_day_counts"),
        ]
        indexes: ClassVar = [
            living_index("channel_day_id", "id"),
            living_index("channel_day_on", "on", "id"),
            living_index("channel_day_cost", "cost_minor", "id"),
        ]

    def __str__(self) -> str:
        """The channel and the day."""
        return f"{self.channel} {self.on:%Y-%m-%d}"
