"""Notifications: what a member is told in passing, until they have looked at it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tenure.workspace.models.base import Scoped
from tenure.workspace.models.member import Member


class Notification(Scoped):
    """One sentence to one member. source_id: the event (or the thing and day) it comes of, so that nobody is told twice.

    facts: what stands in the sentence of its kind (notifying.py); path: the page it leads to, below the workspace's address.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.TextField(db_collation="C")
    source_id = models.UUIDField()
    facts = models.JSONField(default=dict)
    path = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "member", "-at", "-id"], name="notification_latest"),
            models.Index(fields=["workspace", "member"], name="notification_unread", condition=models.Q(read_at__isnull=True)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "member", "kind", "source_id"], name="notification_once"),
        ]

    def __str__(self) -> str:
        """Its kind."""
        return self.kind
