"""The workspace says which events mean sign-up, first use, first value and core use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tenure.usage.domain.milestones import MilestoneRule
from tenure.usage.errors import MilestoneWeeksInvalid
from tenure.usage.events import MilestonesSet
from tenure.usage.models import Milestone
from tenure.usage.queries.milestones import list_rules
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MOST_WEEKS = 26
RECOUNT = "usage.recount_milestones"


@action("usage.set_milestones")
def set_milestones(ctx: Context, rules: Sequence[MilestoneRule]) -> None:
    """Let milestones mean exactly this; a kind that is not among `rules` means nothing. All history is read anew by it, by a job.

    Raises MilestoneWeeksInvalid. Idempotent: the same rules change nothing and start nothing.
    """
    ctx.require_everywhere("usage.set_milestones")
    wanted = {rule.kind: _cleaned(rule) for rule in rules}
    if wanted == list_rules(ctx):
        return
    Milestone.objects.all().delete()
    Milestone.objects.bulk_create(
        [
            Milestone(
                workspace_id=ctx.workspace.pk,
                kind=rule.kind,
                events=list(rule.events),
                weeks_active=rule.weeks_active,
                weeks_watched=rule.weeks_watched,
            )
            for rule in wanted.values()
        ]
    )
    ctx.audit(ctx.workspace, milestones={str(rule.kind): list(rule.events) for rule in wanted.values()})
    ctx.emit(MilestonesSet(ctx.workspace.pk, None, None))
    ctx.defer(RECOUNT)


def _cleaned(rule: MilestoneRule) -> MilestoneRule:
    if not 1 <= rule.weeks_active <= rule.weeks_watched <= MOST_WEEKS:
        raise MilestoneWeeksInvalid(most=MOST_WEEKS)
    names = tuple(dict.fromkeys(stripped for name in rule.events if (stripped := name.strip())))
    return MilestoneRule(rule.kind, names, rule.weeks_active, rule.weeks_watched)
