"""Who sells, and what is sold, as far as deals name them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.directory.models.living import LIVING, living_index
from tenure.workspace.models.base import Record


class SalesAgent(Record):
    """Somebody deals are credited to. `member` where they work in Tenure; those who left or never came need none."""

    name = models.TextField(_("Name"))
    name_sort = models.TextField(db_collation="C", editable=False)
    name_key = models.TextField(db_collation="C", editable=False)
    team = models.TextField(_("Team"), blank=True, default="", db_collation="C")
    manager = models.TextField(_("Manager"), blank=True, default="", db_collation="C")
    member = models.ForeignKey(
        "workspace.Member",
        verbose_name=_("Member"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "external_id"], name="agent_external_id", condition=LIVING & ~Q(external_id="")
            ),
            models.UniqueConstraint(fields=["workspace", "name_key"], name="agent_name_key", condition=LIVING),
        ]
        indexes: ClassVar = [
            living_index("agent_id", "id"),
            living_index("agent_name", "name_sort", "id"),
            living_index("agent_updated", "updated_at", "id"),
            living_index("agent_member", "member", condition=Q(member__isnull=False)),
        ]

    def __str__(self) -> str:
        """The agent's name."""
        return self.name


class SalesProduct(Record):
    """Something that is sold, as deals name it, with its list price."""

    name = models.TextField(_("Name"))
    name_sort = models.TextField(db_collation="C", editable=False)
    name_key = models.TextField(db_collation="C", editable=False)
    series = models.TextField(_("Series"), blank=True, default="", db_collation="C")
    list_price_minor = models.BigIntegerField(_("List price"), null=True, blank=True)
    currency = models.TextField(_("Currency"), blank=True, default="", db_collation="C", max_length=3)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "external_id"], name="product_external_id", condition=LIVING & ~Q(external_id="")
            ),
            models.UniqueConstraint(fields=["workspace", "name_key"], name="product_name_key", condition=LIVING),
            models.CheckConstraint(
                condition=Q(list_price_minor__isnull=True) | Q(list_price_minor__gte=0), name="product_list_price"
            ),
        ]
        indexes: ClassVar = [
            living_index("product_id", "id"),
            living_index("product_name", "name_sort", "id"),
            living_index("product_price", "list_price_minor", "id", condition=Q(list_price_minor__isnull=False)),
            living_index("product_updated", "updated_at", "id"),
        ]

    def __str__(self) -> str:
        """The product's name."""
        return self.name
