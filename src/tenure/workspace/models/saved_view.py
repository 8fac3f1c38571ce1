"""Saved views: a list's filters, sort and columns under a name, as a tab."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.workspace.models.base import Scoped


class SavedView(Scoped):
    """A named state of one list. Without an owner it is everybody's."""

    list_name = models.TextField(db_collation="C")
    name = models.CharField(_("Name"), max_length=60)
    query = models.TextField(blank=True, default="")
    owner_id = models.UUIDField(null=True, blank=True)
    position = models.IntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "list_name", "position"], name="saved_view_list")]

    def __str__(self) -> str:
        """The view's name."""
        return self.name
