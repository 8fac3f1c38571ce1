"""Milestones and the way from sign-up to paying, in and out of the API."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated

from ninja import Schema
from pydantic import Field

from tenure.usage.domain.milestones import ACTIVE_WEEKS, WATCHED_WEEKS, MilestoneRule
from tenure.usage.enums import MilestoneKind
from tenure.usage.queries.self_serve import SelfServe
from tenure.workspace.endpoints.schemas import In

EventText = Annotated[str, Field(min_length=1, max_length=256)]
Weeks = Annotated[int, Field(ge=1, le=26)]


class MilestoneIn(In):
    """What one milestone means."""

    kind: MilestoneKind
    events: list[EventText] = Field(
        default=[], max_length=100, description="Any of these; of core use none: those of core features."
    )
    weeks_active: Weeks = Field(default=ACTIVE_WEEKS, description="Core use: in how many weeks some core event must be seen,")
    weeks_watched: Weeks = Field(default=WATCHED_WEEKS, description="of so many weeks in a row.")


class MilestonesIn(In):
    """All milestones; one that is left out means nothing."""

    items: list[MilestoneIn] = Field(max_length=len(MilestoneKind))

    def rules(self) -> list[MilestoneRule]:
        """As the action takes them."""
        return [MilestoneRule(one.kind, tuple(one.events), one.weeks_active, one.weeks_watched) for one in self.items]


class MilestoneOut(Schema):
    """What one milestone means, and which names seen so far usually mean it."""

    kind: MilestoneKind
    is_set: bool
    events: list[str]
    weeks_active: int
    weeks_watched: int
    suggested: list[str]


class SelfServeOut(Schema):
    """Trials by use, those that pay, and mean days; null where there are none yet."""

    trials: int
    paid: int
    share: float | None
    days_to_use: float | None
    days_to_pay: float | None


class MilestonesOut(Schema):
    """All milestones, and the way of self-serve customers."""

    items: list[MilestoneOut]
    self_serve: SelfServeOut


def milestones_out(
    rules: Mapping[MilestoneKind, MilestoneRule], suggested: Mapping[MilestoneKind, Collection[str]], way: SelfServe
) -> MilestonesOut:
    """The answer."""
    items = []
    for kind in MilestoneKind:
        rule = rules.get(kind) or MilestoneRule(kind, ())
        items.append(
            MilestoneOut(
                kind=kind,
                is_set=kind in rules,
                events=list(rule.events),
                weeks_active=rule.weeks_active,
                weeks_watched=rule.weeks_watched,
                suggested=list(suggested.get(kind, ())),
            )
        )
    return MilestonesOut(
        items=items,
        self_serve=SelfServeOut(
            trials=way.trials, paid=way.paid, share=way.share, days_to_use=way.days_to_use, days_to_pay=way.days_to_pay
        ),
    )
