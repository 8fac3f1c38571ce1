"""The timeline: one line for everything that happened with an account or a person, whichever room says so."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tenure.workspace.models.base import Scoped


class TimelineEntry(Scoped):
    """Something happened. `kind` names how it is told (timeline.py); facts are what it tells, people and members by id.

    A projection: its subject's room settles it anew whenever the subject changes.
    """

    fence_account = "account_id"

    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    person_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    kind = models.TextField(db_collation="C")
    subject_kind = models.TextField(blank=True, default="", db_collation="C")
    subject_id = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    actor_kind = models.TextField(db_collation="C")
    actor_id = models.UUIDField(null=True)
    actor_name = models.TextField(blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["workspace", "account", "at", "id"], name="timeline_account", condition=Q(account__isnull=False)
            ),
            models.Index(
                fields=["workspace", "person_id", "at", "id"], name="timeline_person", condition=Q(person_id__isnull=False)
            ),
            models.Index(fields=["workspace", "subject_id"], name="timeline_subject", condition=Q(subject_id__isnull=False)),
        ]

    def __str__(self) -> str:
        """What happened, as a code."""
        return self.kind
