"""Where accounts stand below one another, as the fence sees it: (ancestor, descendant) pairs, itself included.

The directory room owns accounts and keeps these rows through `place_accounts`; grants and customers' people are fenced by them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tenure.workspace.models.base import Scoped


class AccountPath(Scoped):
    """`descendant` is `depth` levels below `ancestor` (0: the account itself)."""

    fence_account = "descendant_id"

    id = None  # type: ignore[assignment]
    pk = models.CompositePrimaryKey("workspace_id", "ancestor_id", "descendant_id")
    ancestor_id = models.UUIDField()
    descendant_id = models.UUIDField()
    depth = models.SmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(depth__gte=0), name="account_path_depth"),
        ]
        indexes: ClassVar = [models.Index(fields=["workspace", "descendant_id", "depth"], name="account_path_descendant")]

    def __str__(self) -> str:
        """The pair."""
        return f"{self.ancestor_id} > {self.descendant_id} ({self.depth})"
