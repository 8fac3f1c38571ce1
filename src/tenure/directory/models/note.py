"""Notes: what somebody wants to be remembered about an account."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.directory.models.living import LIVING, living_index
from tenure.workspace.models.base import Record

TITLE_LENGTH = 60


class Note(Record):
    """A text in light markup (domain/marked_text.py). pinned_at: since when it stands above the timeline."""

    fence_account = "account_id"
    owner_path = "account__owner_id"

    account = models.ForeignKey(
        "directory.Account", verbose_name=_("Account"), on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        "directory.Person",
        verbose_name=_("Person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    author = models.ForeignKey(
        "workspace.Member",
        verbose_name=_("Author"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    body = models.TextField(_("Note"))
    written_at = models.DateTimeField(_("Written"))
    pinned_at = models.DateTimeField(_("Pinned"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "external_id"], name="note_external_id", condition=LIVING & ~models.Q(external_id="")
            ),
        ]
        indexes: ClassVar = [
            living_index("note_account", "account", "written_at", "id"),
            living_index("note_person", "person", condition=models.Q(person__isnull=False)),
        ]

    def __str__(self) -> str:
        """The note's beginning."""
        first = self.body.strip().partition("\n")[0]
        return first if len(first) <= TITLE_LENGTH else first[:TITLE_LENGTH].rstrip() + "…"
