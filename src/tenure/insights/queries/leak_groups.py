"""One boundary of a cohort told apart by segment and channel: asked for once it is known which one leaks worst."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.enums import Stage
from tenure.insights.domain.boundaries import Conversion
from tenure.insights.queries.crossing_times import loss_of
from tenure.insights.queries.paths import CURRENT, current_paths
from tenure.workspace.queries.whole import whole_set_cursor

if TYPE_CHECKING:
    from tenure.insights.cohort import Cohort
    from tenure.insights.domain.bowtie import Crossing
    from tenure.workspace.context import Context

_GROUPS = """, stood AS (
  SELECT account_id, lead_id, {target} IS NOT NULL AS has_crossed, {target} IS NULL AND {loss} IS NOT NULL AS was_lost
  FROM path WHERE span = '{current}' AND {source} + %(mature_after)s::int <= today
)
SELECT CASE WHEN stood.account_id IS NULL THEN l.segment_id ELSE a.segment_id END, l.channel_id,
  count(*), count(*) FILTER (WHERE has_crossed), count(*) FILTER (WHERE was_lost)
FROM stood
LEFT JOIN (SELECT id, segment_id FROM directory_account WHERE workspace_id = tenure_workspace()) AS a ON a.id = stood.account_id
{leads}
GROUP BY 1, 2
"""
# Nearly all leads came to the first boundaries: they are read as a whole. Few came further: each is looked up.
_ALL_LEADS = "LEFT JOIN (SELECT id, segment_id, channel_id FROM market_lead WHERE workspace_id = tenure_workspace()) AS l ON l.id = stood.lead_id"
_EACH_LEAD = "LEFT JOIN LATERAL (SELECT segment_id, channel_id FROM market_lead WHERE workspace_id = tenure_workspace() AND id = stood.lead_id) AS l ON true"


def groups_at(ctx: Context, cohort: Cohort, crossing: Crossing) -> dict[tuple[str, UUID], Conversion]:
    """Of those old enough at the boundary, by (`segment` or `channel`, its id): entered, crossed, lost."""
    source, target = crossing.boundary
    statement, parameters = current_paths(ctx, cohort)
    leads = _ALL_LEADS if source in (Stage.LEAD, Stage.QUALIFIED) else _EACH_LEAD
    statement += _GROUPS.format(leads=leads, source=source, target=target, loss=loss_of(crossing.boundary), current=CURRENT)
    with whole_set_cursor() as cursor:
        cursor.execute(statement, parameters | {"mature_after": crossing.mature_after})
        rows = cursor.fetchall()
    sums: dict[tuple[str, UUID], list[int]] = {}
    for segment, channel, *counts in rows:
        for key in (("segment", segment), ("channel", channel)):
            if key[1] is not None:
                sums[key] = [one + other for one, other in zip(sums.get(key, [0, 0, 0]), counts, strict=True)]
    return {key: Conversion(entered, crossed, lost) for key, (entered, crossed, lost) in sums.items()}
