"""Files of an account: contracts, plans, what was sent back and forth."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.directory.models.living import living_index
from tenure.workspace.models.base import Record


class AccountFile(Record):
    """A file that hangs on an account. Its bytes are a StoredFile; media_type is what they are, not what they were called."""

    fence_account = "account_id"
    owner_path = "account__owner_id"

    account = models.ForeignKey(
        "directory.Account", verbose_name=_("Account"), on_delete=models.PROTECT, related_name="+", db_index=False
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
    file = models.ForeignKey("workspace.StoredFile", on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.TextField(_("Name"))
    media_type = models.TextField(_("Type"), db_collation="C")
    added_by = models.ForeignKey("workspace.Member", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes: ClassVar = [
            living_index("account_file_account", "account", "id"),
            living_index("account_file_person", "person", condition=models.Q(person__isnull=False)),
        ]

    def __str__(self) -> str:
        """The file's name."""
        return self.name
