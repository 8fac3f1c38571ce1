"""Replies kept for `Idempotency-Key`, so that a repeated request is answered, not repeated."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tenure.workspace.models.base import Scoped


class IdempotentReply(Scoped):
    """The first answer given to (API key, idempotency key), written in the transaction of its effect.

    body: the text as it was sent. headers: those a caller acts on, such as ETag and Location.
    """

    api_key_id = models.UUIDField()
    key = models.CharField(max_length=255)
    fingerprint = models.BinaryField(max_length=32)
    status = models.SmallIntegerField()
    body = models.TextField(blank=True, default="")
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "api_key_id", "created_at"], name="idempotent_reply_age")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "api_key_id", "key"], name="idempotent_reply_unique"),
        ]

    def __str__(self) -> str:
        """The client's key."""
        return self.key
