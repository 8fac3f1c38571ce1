"""Leads have become opportunities, or turn out not to have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context

_SETTLE = """
UPDATE market_lead AS lead SET converted_at = fresh.at, status = CASE WHEN fresh.at IS NULL THEN lead.verdict ELSE 'converted' END
FROM unnest(%s::uuid[], %s::timestamptz[]) AS fresh(id, at)
WHERE lead.workspace_id = tenure_workspace() AND lead.id = fresh.id AND lead.converted_at IS DISTINCT FROM fresh.at
"""


@action("market.settle_conversions")
def settle_conversions(ctx: Context, conversions: Mapping[UUID, datetime | None]) -> None:
    """Let each lead be converted since the instant given, or not at all where that is None.

    What the projection of opportunities calls. It is a projection of theirs: no version, no event of its own.
    Set-based; idempotent by its arguments.
    """
    del ctx
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [list(conversions), list(conversions.values())])
