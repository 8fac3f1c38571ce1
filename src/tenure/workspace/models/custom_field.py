"""Custom fields: columns that a workspace adds to a kind of record, kept in typed slots. Rule: custom_fields/README in the package's docstring."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.workspace.enums import CustomKind
from tenure.workspace.models.base import Scoped


class CustomField(Scoped):
    """One field of one kind of record. `key` never changes, so renaming keeps data; `slot` empty means the overflow, without filter or sort."""

    record = models.TextField(db_collation="C")
    key = models.TextField(db_collation="C")
    label = models.CharField(_("Name"), max_length=80)
    kind = models.TextField(_("Kind"), choices=CustomKind, db_collation="C")
    slot = models.TextField(blank=True, default="", db_collation="C")
    group = models.CharField(_("Group"), max_length=60, blank=True, default="")
    help = models.CharField(_("Help"), max_length=200, blank=True, default="")
    choices = models.JSONField(_("Choices"), default=list, blank=True)
    currency = models.TextField(_("Currency"), blank=True, default="", db_collation="C")
    default = models.JSONField(_("Default"), null=True, blank=True)
    is_required = models.BooleanField(_("Required"), default=False)
    is_unique = models.BooleanField(_("Unique"), default=False)
    is_restricted = models.BooleanField(_("Only for holders of workspace.see_restricted_fields"), default=False)
    position = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "record", "key"], name="custom_field_key"),
            models.UniqueConstraint(
                fields=["workspace", "record", "slot"], name="custom_field_slot", condition=~models.Q(slot="")
            ),
            models.CheckConstraint(condition=models.Q(kind__in=CustomKind.values), name="custom_field_kind"),
        ]

    def __str__(self) -> str:
        """The field's name."""
        return self.label


class CustomValueDigest(Scoped):
    """Which values of a unique custom field are taken: a digest of the value, written in the transaction of the value."""

    field = models.ForeignKey(CustomField, on_delete=models.CASCADE, related_name="+", db_index=False)
    digest = models.BinaryField(max_length=16)
    row_id = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "field", "digest"], name="custom_value_unique")]
        indexes: ClassVar = [models.Index(fields=["workspace", "field", "row_id"], name="custom_value_row")]

    def __str__(self) -> str:
        """Whose value."""
        return str(self.row_id)
