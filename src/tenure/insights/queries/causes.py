"""What made a movement come to be known or turn out untrue: the change set that touched its item, subscription or account just then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection

if TYPE_CHECKING:
    from tenure.insights.queries.restatements import Change

# A day that passes, a rate, another currency: what Tenure does of itself touches no record and leaves neither change set nor line.
_CAUSES = """
SELECT wanted.item_id, wanted.at, cause.id, cause.kind, cause.title, cause.actor_name, cause.is_undo
FROM unnest(%(items)s::uuid[], %(subscriptions)s::uuid[], %(accounts)s::uuid[], %(ats)s::timestamptz[]) AS wanted(item_id, subscription_id, account_id, at)
CROSS JOIN LATERAL (
  SELECT s.id, s.kind::text AS kind, s.title, s.actor_name, s.finished_at IS NOT NULL AND wanted.at > s.finished_at AS is_undo, s.started_at AS began, 1 AS place
  FROM workspace_changeset s WHERE s.workspace_id = tenure_workspace() AND s.started_at <= wanted.at
    AND (s.finished_at IS NULL OR wanted.at <= s.finished_at OR s.undone_at IS NOT NULL AND wanted.at <= s.undone_at)
    AND s.id IN (SELECT r.change_set_id FROM workspace_changerow r WHERE r.workspace_id = tenure_workspace()
      AND r.row_id = ANY(ARRAY[wanted.item_id, wanted.subscription_id, wanted.account_id]))
  UNION ALL
  SELECT l.change_set_id, '', l.action, l.actor_name, false, l.at, 2
  FROM workspace_auditline l WHERE l.workspace_id = tenure_workspace() AND l.subject_id = ANY(ARRAY[wanted.item_id, wanted.subscription_id, wanted.account_id])
    AND l.at BETWEEN wanted.at AND wanted.at + interval '1 minute'
  ORDER BY place, began DESC, id DESC LIMIT 1
) AS cause
"""


class Cause(NamedTuple):
    """The change set behind a movement's coming or going, else the action; is_undo: it was its being taken back.

    kind: a ChangeSetKind, empty for an action, of which title is the name.
    """

    change_set_id: UUID | None
    kind: str
    title: str
    actor: str
    is_undo: bool


def causes_of(wanted: Collection[tuple[Change, dt.datetime]]) -> dict[tuple[UUID, dt.datetime], Cause]:
    """By item and instant of the change; those that Tenure made of itself are missing."""
    if not wanted:
        return {}
    parameters: dict[str, Any] = {
        "items": [change.item_id for change, _ in wanted],
        "subscriptions": [change.subscription_id for change, _ in wanted],
        "accounts": [change.account_id for change, _ in wanted],
        "ats": [at for _, at in wanted],
    }
    with connection.cursor() as cursor:
        cursor.execute(_CAUSES, parameters)
        return {(row[0], row[1]): Cause(*row[2:]) for row in cursor.fetchall()}
