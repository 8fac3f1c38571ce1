"""Ties: which account and person a subject of events is. The truth; the event store has a copy for its joins."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tenure.stream.domain.spans import EVER
from tenure.stream.enums import TieReason
from tenure.workspace.models.base import Scoped


class Tie(Scoped):
    """What a subject is from `since_at` on (EVER: all its history). account_id None: not known yet, or nobody's by somebody's word.

    follows: the subject whose account this one takes (a visitor that became a user), '' for none. hint_*: what its client said of it, so that
    an account or person made later is found.
    """

    fence_account = "account_id"

    subject = models.TextField(db_collation="C")
    since_at = models.DateTimeField(default=EVER)
    account_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    follows = models.TextField(default="", db_collation="C")
    reason = models.TextField(choices=TieReason.choices, db_collation="C")
    hint_external_id = models.TextField(default="", db_collation="C")
    hint_domain = models.TextField(default="", db_collation="C")
    hint_email = models.TextField(default="", db_collation="C")
    hint_name = models.TextField(default="")
    made_by_id = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    # Of the last change: the copy in the event store keeps the row with the highest.
    revision = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "subject", "since_at"], name="tie_subject_since"),
            models.CheckConstraint(condition=models.Q(reason__in=TieReason.values), name="tie_reason"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "account_id", "subject"], name="tie_account"),
            models.Index(fields=["workspace", "follows"], name="tie_follows", condition=~models.Q(follows="")),
            models.Index(fields=["workspace", "person_id"], name="tie_person", condition=models.Q(person_id__isnull=False)),
            models.Index(fields=["workspace", "hint_domain"], name="tie_domain", condition=models.Q(account_id__isnull=True)),
            models.Index(
                fields=["workspace", "hint_external_id"], name="tie_external_id", condition=models.Q(account_id__isnull=True)
            ),
            models.Index(fields=["workspace", "hint_email"], name="tie_email", condition=~models.Q(hint_email="")),
            models.Index(fields=["workspace", "revision"], name="tie_revision"),
        ]

    def __str__(self) -> str:
        """The subject."""
        return self.subject
