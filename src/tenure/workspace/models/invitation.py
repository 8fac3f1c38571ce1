"""Invitations: a link that makes an invited person an active member, once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.workspace.models.base import Scoped
from tenure.workspace.models.member import Member


class Invitation(Scoped):
    """A link sent to an invited member. `digest` is SHA-256 of its secret, which has 256 random bits and is shown once.

    The member and the grants exist already; they are dead until the invitation is accepted.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    digest = models.BinaryField(max_length=32)
    invited_by_id = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("Expires"))
    accepted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["digest"], name="invitation_digest_unique"),
            models.UniqueConstraint(
                fields=["workspace", "member"],
                name="invitation_one_open",
                condition=models.Q(accepted_at__isnull=True, cancelled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        """When it ends."""
        return f"{self.member_id} until {self.expires_at:%Y-%m-%d}"
