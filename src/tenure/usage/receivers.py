"""What usage does because of others: a turn that is won may be live and adopting by what is known of its account's use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory import events as directory
from tenure.directory.enums import Stage
from tenure.stream.events_of_governance import EventsCorrected
from tenure.usage.actions.set_milestones import RECOUNT
from tenure.usage.events import FeatureChanged, FeatureCreated
from tenure.usage.milestone_readers import read_ties
from tenure.usage.models import MilestoneReached
from tenure.usage.use_stages import settle_use_stages
from tenure.workspace.action import part_of_action
from tenure.workspace.outbox import register_projection
from tenure.workspace.relay import Consumer, register_consumer

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.events import DomainEvent
    from tenure.workspace.models import OutboxEvent

# After these the directory ties who waited (its consumer is registered before this room's), or a member has said whose a subject is.
_TYING = (
    directory.AccountCreated,
    directory.AccountChanged,
    directory.AccountRestored,
    directory.AccountMerged,
    directory.PersonCreated,
    directory.PersonChanged,
    directory.PersonRestored,
    directory.PersonMerged,
    directory.SubjectTied,
    directory.SubjectUntied,
)


def follow_wins(ctx: Context, events: Sequence[DomainEvent]) -> None:
    """Turns were won, or became another account's: live and adopting follow."""
    _settle(ctx, (event.account_id for event in events if getattr(event, "stage", Stage.WON) == Stage.WON))


def follow_voided(ctx: Context, batch: Sequence[OutboxEvent]) -> None:
    """Entries count no longer. After commit: whoever voids one enters the right one in the same transaction."""
    with part_of_action():
        _settle(ctx, (event.account_id for event in batch))


def follow_ties(ctx: Context, _batch: Sequence[OutboxEvent]) -> None:
    """Somebody became known: whose events waited are theirs now."""
    while read_ties(ctx):
        pass


def read_anew(ctx: Context, _events: Sequence[DomainEvent]) -> None:
    """Other features may be core now, or events of the past are gone or other: use is read anew by a job."""
    ctx.defer(RECOUNT)


def register_receivers() -> None:
    """Have projections and consumers run."""
    register_projection([directory.StageEntered, directory.TurnLinked], follow_wins)
    register_projection([FeatureCreated, FeatureChanged, EventsCorrected], read_anew)
    voided = frozenset({directory.StageVoided.type})
    register_consumer(Consumer("usage.voided_stages", follow_voided, voided, wants_backfill=True))
    tying = frozenset(event.type for event in _TYING)
    register_consumer(Consumer("usage.ties", follow_ties, tying, wants_backfill=True))


def _settle(ctx: Context, told: Iterable[UUID | None]) -> None:
    accounts = {account for account in told if account is not None}
    if accounts:
        rows = MilestoneReached.objects.filter(account_id__any_of=sorted(accounts))
        settle_use_stages(ctx, set(rows.values_list("account_id", flat=True)))
