"""What accounts are worth a year and when they renew, told by the room that owns subscriptions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import connection

from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context

_SET = """
UPDATE directory_account AS account SET arr_minor = figures.arr_minor, renews_on = figures.renews_on
FROM unnest(%s::uuid[], %s::bigint[], %s::date[]) AS figures(id, arr_minor, renews_on)
WHERE account.workspace_id = tenure_workspace() AND account.id = figures.id
  AND (account.arr_minor, account.renews_on) IS DISTINCT FROM (figures.arr_minor, figures.renews_on)
"""


class AccountFigures(NamedTuple):
    """arr_minor: annual recurring revenue in minor units of the reporting currency, None for no customer; renews_on: its next renewal."""

    account_id: UUID
    arr_minor: int | None
    renews_on: date | None


@action("directory.record_figures")
def set_account_figures(ctx: Context, figures: Sequence[AccountFigures]) -> None:
    """Keep the figures on the accounts. They are projections of ledgers: no version, no event of their own. Set-based; idempotent."""
    del ctx
    if figures:
        with connection.cursor() as cursor:
            cursor.execute(_SET, [list(column) for column in zip(*figures, strict=True)])
