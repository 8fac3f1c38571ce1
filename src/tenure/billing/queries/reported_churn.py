"""Reported churn beside what subscriptions say: both counts, and why they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from tenure.billing.models import ReportedChurn
from tenure.kernel.errors import NotFound
from tenure.workspace.queries.whole import whole_set_cursor
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def get_reported_churn(ctx: Context, report_id: UUID, *, permission: str = "billing.view", lock: bool = False) -> ReportedChurn:
    """The living report, where the caller holds `permission` on its account; else raises NotFound."""
    rows = ReportedChurn.objects.filter(scope_filter(ctx, permission, ReportedChurn), pk=report_id)
    report = (rows.select_for_update(of=("self",)) if lock else rows.select_related("account")).first()
    if report is None:
        raise NotFound(kind="reported_churn")
    return report


class ChurnComparison(NamedTuple):
    """Reports beside subscriptions.

    reported: reports of churn. ended: subscriptions that have an end, of `subscriptions` in all. matched: reports whose account has a
    subscription that ended on the very day. other_day: reports of accounts of which a subscription ended on another day only.
    never_ended: reports of accounts of which no subscription ended. still_paying: reports of accounts that pay today.
    churned_accounts: accounts whose last paid subscription ended.
    """

    reported: int
    subscriptions: int
    ended: int
    matched: int
    other_day: int
    never_ended: int
    still_paying: int
    churned_accounts: int


_COMPARE = """
WITH report AS (
  SELECT account_id, churned_on FROM billing_reportedchurn WHERE workspace_id = (SELECT tenure_workspace()) AND deleted_at IS NULL
), subscription AS (
  SELECT account_id, ends_on FROM billing_subscription WHERE workspace_id = (SELECT tenure_workspace()) AND deleted_at IS NULL
), paying AS (
  SELECT DISTINCT account_id FROM billing_itemfact WHERE workspace_id = (SELECT tenure_workspace()) AND superseded_at IS NULL
    AND state IN ('paid', 'past_due') AND micros > 0 AND charge = 'recurring' AND valid_from <= now() AND (valid_to IS NULL OR valid_to > now())
), paid AS (
  SELECT DISTINCT account_id FROM billing_itemfact WHERE workspace_id = (SELECT tenure_workspace()) AND superseded_at IS NULL
    AND state IN ('paid', 'past_due') AND micros > 0 AND charge = 'recurring' AND valid_from <= now()
), judged AS (
  SELECT report.account_id IN (SELECT account_id FROM paying) AS is_paying,
    (report.account_id, report.churned_on) IN (SELECT account_id, ends_on FROM subscription WHERE ends_on IS NOT NULL) AS is_match,
    report.account_id IN (SELECT account_id FROM subscription WHERE ends_on IS NOT NULL) AS has_end
  FROM report
)
SELECT (SELECT count(*) FROM report), (SELECT count(*) FROM subscription), (SELECT count(*) FROM subscription WHERE ends_on IS NOT NULL),
  count(*) FILTER (WHERE is_match), count(*) FILTER (WHERE has_end AND NOT is_match), count(*) FILTER (WHERE NOT has_end),
  count(*) FILTER (WHERE is_paying), (SELECT count(*) FROM paid WHERE account_id NOT IN (SELECT account_id FROM paying))
FROM judged
"""


def compare_churn(_ctx: Context) -> ChurnComparison:
    """Both counts and why they differ, over the whole workspace as the caller's fence shows it."""
    with whole_set_cursor() as cursor:
        cursor.execute(_COMPARE)
        return ChurnComparison(*cursor.fetchone())
