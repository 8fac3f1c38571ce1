"""Milestones: which events mean that somebody signed up, began to use the product, got its value, and what accounts have reached."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.usage.enums import MilestoneKind
from tenure.workspace.models.base import Scoped


class Milestone(Scoped):
    """What one kind of milestone means here. events: names, the first of any counts; of core use: none means those of core features.

    weeks_active of weeks_watched: for core use, in how many of how many weeks in a row it must be seen.
    """

    kind = models.TextField(_("Milestone"), choices=MilestoneKind, db_collation="C")
    events = models.JSONField(_("Events"), default=list)
    weeks_active = models.SmallIntegerField(_("Active weeks"), default=3)
    weeks_watched = models.SmallIntegerField(_("of weeks"), default=4)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "kind"], name="milestone_kind_unique"),
            models.CheckConstraint(condition=Q(kind__in=MilestoneKind.values), name="milestone_kind"),
            models.CheckConstraint(
                condition=Q(weeks_active__gte=1, weeks_active__lte=models.F("weeks_watched"), weeks_watched__lte=26),
                name="milestone_weeks",
            ),
        ]

    def __str__(self) -> str:
        """Which milestone."""
        return str(MilestoneKind(self.kind).label)


class MilestoneReached(Scoped):
    """When an account first reached a milestone, by the events that the store has and the ties that stand now.

    A projection: it moves when an earlier event, another tie or another definition comes; the stage ledger keeps what was said before.
    event_*: the event that did it.
    """

    fence_account = "account_id"

    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.TextField(_("Milestone"), choices=MilestoneKind, db_collation="C")
    reached_at = models.DateTimeField()
    event_id = models.TextField(default="")
    event_source_id = models.UUIDField()
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "account", "kind"], name="milestone_reached_once"),
            models.CheckConstraint(condition=Q(kind__in=MilestoneKind.values), name="milestone_reached_kind"),
        ]
        indexes: ClassVar = [models.Index(fields=["workspace", "kind", "reached_at"], name="milestone_reached_when")]

    def __str__(self) -> str:
        """Which milestone and when."""
        return f"{self.kind} {self.reached_at:%Y-%m-%d}"


class MilestoneSubject(Scoped):
    """A subject whose events decided that an account reached a milestone: when it becomes somebody else's, that account is looked at again."""

    fence_account = "account_id"

    subject = models.TextField(db_collation="C")
    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "subject", "account"], name="milestone_subject_unique")
        ]
        indexes: ClassVar = [models.Index(fields=["workspace", "account"], name="milestone_subject_account")]

    def __str__(self) -> str:
        """The subject."""
        return self.subject
