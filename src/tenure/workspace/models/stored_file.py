"""Files that people gave us: kept once in the files' storage, known by what they are called and what they hold."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.workspace.models.base import Scoped


class StoredFile(Scoped):
    """One file. `path` is its place in the default storage; `account_id` says whose customer's it is, where it is one's."""

    fence_account = "account_id"

    name = models.TextField(_("Name"))
    path = models.TextField(db_collation="C")
    size = models.BigIntegerField(_("Size"))
    digest = models.BinaryField(max_length=32)
    account_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    created_by_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(size__gte=0), name="stored_file_size")]
        indexes: ClassVar = [models.Index(fields=["workspace", "account_id", "-created_at"], name="stored_file_account")]

    def __str__(self) -> str:
        """The file's own name."""
        return self.name
