"""Saved imports: a file plan under a name, found again by the header it fits, and run again from a folder, an address or a schedule."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.workspace.enums import ImportSource
from tenure.workspace.models.base import Scoped


class SavedImport(Scoped):
    """A plan for files of one kind. header: of a file it fits, fingerprint: of its names. source_place: a folder below the watched one, or a URL."""

    name = models.CharField(_("Name"), max_length=80)
    record = models.TextField(db_collation="C")
    plan = models.JSONField(default=dict)
    fingerprint = models.BinaryField(max_length=32)
    source = models.CharField(_("Source"), max_length=8, choices=ImportSource, default=ImportSource.NONE)
    source_place = models.TextField(_("Place"), blank=True, default="")
    header = models.JSONField(default=list)
    every_minutes = models.IntegerField(_("Runs every, minutes"), null=True, blank=True)
    next_run_at = models.DateTimeField(null=True, blank=True)
    switched_off_at = models.DateTimeField(null=True, blank=True)
    last_run_at = models.DateTimeField(null=True, blank=True)
    last_digest = models.BinaryField(max_length=32, default=b"")
    last_message = models.TextField(blank=True, default="")
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "name"], name="saved_import_name"),
            models.CheckConstraint(condition=models.Q(source__in=ImportSource.values), name="saved_import_source"),
            models.CheckConstraint(
                condition=models.Q(every_minutes__isnull=True) | models.Q(every_minutes__gte=1), name="saved_import_every"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["workspace", "fingerprint"], name="saved_import_fingerprint")]

    def __str__(self) -> str:
        """The name."""
        return self.name
