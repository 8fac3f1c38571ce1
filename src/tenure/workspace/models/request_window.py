"""How many requests an API key has made in the present window."""

from __future__ import annotations

from django.db import models

from tenure.workspace.models.base import Scoped


class RequestWindow(Scoped):
    """One row an API key, under the key's own id. The table is not logged (queries/request_windows.sql): a crash may forget it."""

    began_at = models.DateTimeField()
    requests = models.IntegerField()

    def __str__(self) -> str:
        """The count and since when."""
        return f"{self.requests} since {self.began_at}"
