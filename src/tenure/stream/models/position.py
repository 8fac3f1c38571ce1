"""How far each reader of the event store has had its effect in a workspace."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tenure.workspace.models.base import Scoped


class ReaderPosition(Scoped):
    """seq: everything at or below it had its effect; committed together with the effect."""

    reader = models.TextField(db_collation="C")
    seq = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "reader"], name="reader_position_unique")]

    def __str__(self) -> str:
        """The reader's name."""
        return self.reader
