"""A workspace: one SaaS company that uses Tenure."""

from __future__ import annotations

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.workspace.models.base import Scoped, ScopedManager


class Workspace(Scoped):
    """The tenant. Its own row carries its id as the workspace, so that one fence serves every table.

    next_currency: the reporting currency that was asked for while amounts are counted anew in it; until then `currency` holds. Empty else.
    settled_on: the civil day up to which the daily job has done its work (daily.py).
    """

    fence_workspace = "id"
    workspace_path = "id"
    fence_shared = True

    workspace = None  # type: ignore[assignment]
    name = models.CharField(_("Name"), max_length=120)
    slug = models.SlugField(_("Address"), max_length=60, unique=True)
    currency = models.CharField(_("Reporting currency"), max_length=3, default="EUR")
    next_currency = models.CharField(max_length=3, blank=True, default="")
    zone = models.CharField(_("Time zone"), max_length=64, default="UTC")
    language = models.CharField(_("Language"), max_length=10, default="en")
    fiscal_year_month = models.SmallIntegerField(
        _("Fiscal year begins in month"), default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    custom_fields_version = models.UUIDField(null=True)
    settled_on = models.DateField(null=True)
    created_at = models.DateTimeField()

    objects: ClassVar[ScopedManager] = ScopedManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(fiscal_year_month__range=(1, 12)), name="workspace_fiscal_year_month"),
        ]

    def __str__(self) -> str:
        """The company's name."""
        return self.name

    @property
    def tz(self) -> ZoneInfo:
        """The zone in which civil dates of this workspace are judged."""
        return ZoneInfo(self.zone)
