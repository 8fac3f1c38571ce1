"""Indexes over living rows: what every record's lists stand on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

LIVING = Q(deleted_at__isnull=True)


def living_index(name: str, *fields: str, condition: Q | None = None) -> models.Index:
    """An index that begins with the workspace and holds only what lists show."""
    return models.Index(fields=["workspace", *fields], name=name, condition=LIVING & condition if condition else LIVING)
