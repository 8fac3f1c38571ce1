"""Features: parts of the product, as its events name them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenure.workspace.models.base import Scoped


class Feature(Scoped):
    """A part of the product that is used when one of its events comes. Core: what the product is bought for. Paid: what costs extra."""

    key = models.TextField(_("Key"), db_collation="C")
    name = models.CharField(_("Name"), max_length=120)
    events = models.JSONField(pgettext_lazy("usage", "Events"), default=list)
    is_core = models.BooleanField(pgettext_lazy("feature", "Core"), default=False)
    is_paid = models.BooleanField(pgettext_lazy("feature", "Paid"), default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "key"], name="feature_key")]

    def __str__(self) -> str:
        """The feature's name."""
        return self.name
