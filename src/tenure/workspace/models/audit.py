"""The audit: who did what to which record, when, from where."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tenure.workspace.enums import ActorKind
from tenure.workspace.models.base import Scoped

LONGEST_LINE = 120


class AuditLine(Scoped):
    """One action, as done. Facts hold ids, codes, and what a change set does not already keep."""

    fence_account = "account_id"

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10, choices=ActorKind)
    actor_id = models.UUIDField(null=True)
    actor_name = models.TextField(blank=True, default="")
    action = models.TextField(db_collation="C")
    subject_kind = models.TextField(blank=True, default="", db_collation="C")
    subject_id = models.UUIDField(null=True)
    account_id = models.UUIDField(null=True)
    change_set_id = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    request_id = models.TextField(blank=True, default="")
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "-at", "-id"], name="audit_at"),
            models.Index(fields=["workspace", "subject_id", "-at"], name="audit_subject"),
            models.Index(fields=["workspace", "actor_id", "-at"], name="audit_actor"),
            models.Index(fields=["workspace", "action", "-at"], name="audit_action"),
        ]

    def __str__(self) -> str:
        """Who did what."""
        return f"{self.actor_name}: {self.action}"

    @property
    def facts_in_words(self) -> str:
        """The facts in one line; of what has parts of its own only how many there are."""
        shown = {name: _in_words(value) for name, value in self.facts.items() if value not in ("", None, [], {})}
        return "; ".join(f"{name}: {value}" for name, value in shown.items())[:LONGEST_LINE]


def _in_words(value: object) -> str:
    if isinstance(value, dict):
        return str(len(value))
    if isinstance(value, list):
        return str(len(value)) if any(isinstance(part, list | dict) for part in value) else ", ".join(map(str, value))
    return str(value)
