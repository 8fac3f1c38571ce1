"""Sources: places that events come from, each with a write key that is shown once and stored hashed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.stream.enums import SourceKind
from tenure.workspace.models.base import Scoped


class Source(Scoped):
    """A source. A sandbox's events are kept apart for seven days and never counted. `digest` is SHA-256 of a key of 256 random bits."""

    name = models.CharField(_("Name"), max_length=80)
    kind = models.TextField(_("Kind"), choices=SourceKind.choices, default=SourceKind.SERVER, db_collation="C")
    is_sandbox = models.BooleanField(_("Sandbox"), default=False)
    prefix = models.CharField(max_length=12)
    digest = models.BinaryField(max_length=32)
    created_by_id = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["digest"], name="source_digest_unique"),
            models.CheckConstraint(condition=models.Q(kind__in=SourceKind.values), name="source_kind"),
        ]
        indexes: ClassVar = [models.Index(fields=["workspace", "created_at", "id"], name="source_created")]

    def __str__(self) -> str:
        """The source's name."""
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it takes events."""
        return self.closed_at is None
