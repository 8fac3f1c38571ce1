"""How often a key may ask: a quota a fixed window, counted in the database, so that it holds over all processes and machines.

Source: draft-ietf-httpapi-ratelimit-headers-11 (RateLimit-Policy, RateLimit).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from tenure.workspace.endpoints.errors import TooManyRequests

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from tenure.workspace.context import Context

WINDOW_SECONDS = 60
POLICY = "key"

# Also keeps the day of the key's last use, which is written once a day at most.
_COUNT = """
WITH used AS (
  UPDATE workspace_apikey SET last_used_on = %(today)s
  WHERE workspace_id = tenure_workspace() AND id = %(key)s AND last_used_on IS DISTINCT FROM %(today)s
)
INSERT INTO workspace_requestwindow AS mine (id, workspace_id, began_at, requests)
VALUES (%(key)s, tenure_workspace(), %(began_at)s, 1)
ON CONFLICT (id) DO UPDATE SET
  requests = CASE WHEN mine.began_at = excluded.began_at THEN mine.requests + 1 ELSE 1 END,
  began_at = excluded.began_at
RETURNING requests
"""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a key may still ask in the present window."""

    quota: int
    used: int
    seconds_left: int

    def require(self) -> None:
        """Raise TooManyRequests where the request that was just counted is one too many."""
        if self.used > self.quota:
            raise TooManyRequests(quota=self.quota, window_seconds=WINDOW_SECONDS, retry_seconds=self.seconds_left)

    def write(self, response: HttpResponseBase) -> None:
        """Tell the caller what is left."""
        remaining = max(self.quota - self.used, 0)
        response["RateLimit-Policy"] = f'"{POLICY}";q={self.quota};w={WINDOW_SECONDS}'
        response["RateLimit"] = f'"{POLICY}";r={remaining};t={self.seconds_left}'


def count_request(ctx: Context, api_key_id: UUID) -> Allowance:
    """Count one request of the key, in the present transaction, which must be its own: the row is locked until it ends."""
    now = ctx.now()
    began_at = datetime.fromtimestamp(math.floor(now.timestamp() / WINDOW_SECONDS) * WINDOW_SECONDS, tz=UTC)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": api_key_id, "began_at": began_at, "today": ctx.today()})
        row = cursor.fetchone()
    left = began_at + timedelta(seconds=WINDOW_SECONDS) - now
    return Allowance(settings.API_REQUESTS_PER_MINUTE, row[0] if row else 0, max(1, math.ceil(left.total_seconds())))
