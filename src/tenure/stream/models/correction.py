"""Corrections: events of the past deleted or changed, by whom, why and how many."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.stream.enums_of_governance import UNDER_WAY, CorrectionKind, WorkState
from tenure.workspace.enums import ActorKind
from tenure.workspace.models.base import Scoped


class Correction(Scoped):
    """One correction. wanted: the filter, with the subjects of an account as they were tied then. upto: the store's number up to where it reaches.

    months: [[202611, how many], ...], counted before the first change; done_months of them are corrected. preview: what was
    shown when it was asked for (accounts, sums). amended: properties that are set; removed: that are taken away.
    """

    kind = models.TextField(_("Kind"), choices=CorrectionKind.choices, db_collation="C")
    reason = models.TextField(_("Why"))
    wanted = models.JSONField(default=dict)
    amended = models.JSONField(default=dict)
    removed = models.JSONField(default=list)
    preview = models.JSONField(default=dict)
    state = models.TextField(_("State"), choices=WorkState.choices, default=WorkState.WAITING, db_collation="C")
    upto = models.BigIntegerField()
    events = models.BigIntegerField(_("Events"), default=0)
    months = models.JSONField(default=list)
    done_months = models.IntegerField(default=0)
    failure = models.TextField(default="")
    actor_kind = models.CharField(max_length=10, choices=ActorKind)
    actor_id = models.UUIDField(null=True)
    actor_name = models.TextField(_("Who"), default="")
    asked_at = models.DateTimeField(_("When"))
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=CorrectionKind.values), name="correction_kind"),
            models.CheckConstraint(condition=models.Q(state__in=WorkState.values), name="correction_state"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "asked_at", "id"], name="correction_asked"),
            models.Index(fields=["workspace", "events", "id"], name="correction_events"),
        ]

    def __str__(self) -> str:
        """Why."""
        return self.reason

    @property
    def is_under_way(self) -> bool:
        """Whether it may still change something."""
        return self.state in UNDER_WAY

    @property
    def corrected(self) -> int:
        """How many events are corrected so far."""
        return sum(count for _month, count in self.months[: self.done_months])
