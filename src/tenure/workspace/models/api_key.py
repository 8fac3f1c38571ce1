"""API keys: shown once, stored hashed, with rights that are grants."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.workspace.models.base import Scoped


class ApiKey(Scoped):
    """A key of the API. `digest` is SHA-256 of the secret, which has 256 random bits: no slow hash is needed."""

    name = models.CharField(_("Name"), max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.BinaryField(max_length=32)
    created_by_id = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    expires_at = models.DateTimeField(_("Expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["digest"], name="api_key_digest_unique")]

    def __str__(self) -> str:
        """The key's name and its first characters."""
        return f"{self.name} ({self.prefix}…)"
