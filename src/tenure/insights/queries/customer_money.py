"""What a cohort's customers were worth when they had reached a stage, to stand in the statement of the bow-tie."""

from __future__ import annotations

from tenure.directory.enums import Stage
from tenure.insights.domain.bowtie import OUTCOMES
from tenure.insights.queries.paths import CURRENT

PAYING = tuple(str(stage) for stage in (Stage.WON, Stage.ONBOARDING, Stage.LIVE, Stage.ADOPTING, *OUTCOMES))
# An account's worth when it had reached a stage: at its first movement where that is later (a deal is won before it is paid for).
_LEVEL = "sum(worth) FILTER (WHERE effective_on <= greatest(began_on, coalesce({stage}, today)))"
_MONEY = """, customer AS (
  SELECT DISTINCT ON (account_id) account_id, {days}, today FROM kept
  WHERE span = '{current}' AND won IS NOT NULL AND account_id IS NOT NULL ORDER BY account_id, won
), moved AS (
  SELECT customer.*, m.* FROM customer CROSS JOIN LATERAL (
    SELECT micros * rate AS worth, effective_on, min(effective_on) OVER () AS began_on FROM billing_mrrmovement
    WHERE workspace_id = tenure_workspace() AND account_id = customer.account_id AND voided_at IS NULL
  ) AS m
), money AS (
  SELECT json_build_array({levels}) AS row FROM moved WHERE effective_on <= today
)"""


def money() -> str:
    """The common table expression `money` over `kept`: one list, by stage of PAYING, in micros of the reporting currency a month."""
    levels = ", ".join(f"({_LEVEL.format(stage=stage)})::text" for stage in PAYING)
    return _MONEY.format(days=", ".join(PAYING), levels=levels, current=CURRENT)
