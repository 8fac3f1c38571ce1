"""Activities: calls, meetings and mails with people of an account."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.directory.enums import ActivityKind, Direction, Outcome
from tenure.directory.models.living import LIVING, living_index
from tenure.workspace.models.base import Record


class Activity(Record):
    """We were in touch. An account's last contact is its latest activity that reached somebody."""

    fence_account = "account_id"
    owner_path = "account__owner_id"

    kind = models.TextField(_("Kind"), choices=ActivityKind, db_collation="C")
    account = models.ForeignKey(
        "directory.Account",
        verbose_name=_("Account"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    person = models.ForeignKey(
        "directory.Person",
        verbose_name=_("Person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    member = models.ForeignKey(
        "workspace.Member",
        verbose_name=_("Who"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    happened_at = models.DateTimeField(_("When"))
    minutes = models.IntegerField(_("Minutes"), null=True, blank=True)
    direction = models.TextField(_("Direction"), choices=Direction, blank=True, default="", db_collation="C")
    outcome = models.TextField(_("Outcome"), choices=Outcome, blank=True, default="", db_collation="C")
    subject = models.TextField(_("Subject"), blank=True, default="")
    body = models.TextField(_("What was said"), blank=True, default="")

    class Meta:
        verbose_name_plural = "activities"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "external_id"], name="activity_external_id", condition=LIVING & ~Q(external_id="")
            ),
            models.CheckConstraint(condition=Q(kind__in=ActivityKind.values), name="activity_kind"),
            models.CheckConstraint(condition=Q(direction__in=["", *Direction.values]), name="activity_direction"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="activity_outcome"),
            models.CheckConstraint(condition=Q(minutes__isnull=True) | Q(minutes__gte=0), name="activity_minutes"),
        ]
        indexes: ClassVar = [
            living_index("activity_account", "account", "happened_at", "id"),
            living_index("activity_person", "person", condition=Q(person__isnull=False)),
        ]

    def __str__(self) -> str:
        """The subject, or what kind it was."""
        return self.subject or str(self.get_kind_display())
