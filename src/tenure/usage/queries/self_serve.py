"""The way from sign-up over use to paying: how many went it, and how long it took, from the stage ledger.

Only what was really entered counts here: whoever bought without a trial is no trial that paid. The bow-tie, in turn, counts a stage that
was skipped as passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.models import Account
from tenure.usage.enums import MilestoneKind
from tenure.workspace.queries.whole import whole_set_cursor

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tenure.workspace.context import Context

# A trial by use is an opportunity entry with this proof (billing/trials.py).
TRIAL = "trial"
_PATHS = """
SELECT count(*), count(won_on), avg(trial_on - lead_on)::float8, avg(won_on - trial_on)::float8 FROM (
  SELECT turn_id,
    min((entered_at AT TIME ZONE %(zone)s)::date) FILTER (WHERE stage = 'lead') AS lead_on,
    min((entered_at AT TIME ZONE %(zone)s)::date) FILTER (WHERE stage = 'opportunity' AND proof_kind = %(trial)s) AS trial_on,
    min((entered_at AT TIME ZONE %(zone)s)::date) FILTER (WHERE stage = 'won') AS won_on
  FROM directory_stageentry
  WHERE workspace_id = tenure_workspace() AND voided_at IS NULL AND voids_id IS NULL AND stage IN ('lead', 'opportunity', 'won')
  GROUP BY turn_id
) AS path WHERE trial_on IS NOT NULL
"""
_NEVER_USED = """
SELECT DISTINCT entry.account_id FROM directory_stageentry AS entry
WHERE entry.workspace_id = tenure_workspace() AND entry.voided_at IS NULL AND entry.voids_id IS NULL AND entry.stage = 'won'
  AND NOT EXISTS (SELECT FROM usage_milestonereached AS reached
    WHERE reached.workspace_id = entry.workspace_id AND reached.account_id = entry.account_id AND reached.kind = %(kind)s)
  AND entry.account_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class SelfServe:
    """Trials by use, those of them that pay, and the mean days from sign-up to first use and from there to paying (None: nobody yet)."""

    trials: int
    paid: int
    days_to_use: float | None
    days_to_pay: float | None

    @property
    def share(self) -> float | None:
        """Of the trials, those that pay."""
        return self.paid / self.trials if self.trials else None


def find_self_serve(ctx: Context) -> SelfServe:
    """Over everybody who used the product on or before the day they paid, or never paid. By days of the workspace's zone."""
    with whole_set_cursor() as cursor:
        cursor.execute(_PATHS, {"zone": ctx.workspace.zone, "trial": TRIAL})
        return SelfServe(*cursor.fetchone())


def customers_without_use(_ctx: Context) -> QuerySet[Account]:
    """Accounts that bought and have never used the product, by name."""
    with whole_set_cursor() as cursor:
        cursor.execute(_NEVER_USED, {"kind": MilestoneKind.FIRST_USE})
        ids: list[UUID] = [account for (account,) in cursor.fetchall()]
    return Account.objects.filter(pk__any_of=ids).order_by("name_sort", "id")
