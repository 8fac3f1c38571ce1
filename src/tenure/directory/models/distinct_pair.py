"""Pairs that look alike and are two all the same."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tenure.workspace.models.base import Scoped


class DistinctPair(Scoped):
    """Somebody looked, and said that these two records of one kind are not the same. first_id is the lesser id."""

    record = models.TextField(db_collation="C")
    first_id = models.UUIDField()
    second_id = models.UUIDField()
    said_by_id = models.UUIDField(null=True)
    said_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "first_id", "second_id"], name="distinct_pair_unique"),
            models.CheckConstraint(condition=Q(first_id__lt=F("second_id")), name="distinct_pair_order"),
        ]
        indexes: ClassVar = [models.Index(fields=["workspace", "second_id"], name="distinct_pair_second")]

    def __str__(self) -> str:
        """The pair."""
        return f"{self.first_id} / {self.second_id}"
