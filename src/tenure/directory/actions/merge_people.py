"""Two people turn out to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.errors import MergeWithItself
from tenure.directory.events import PersonMerged
from tenure.directory.merging import merge_records
from tenure.directory.queries.people import get_person
from tenure.directory.records import PERSON
from tenure.workspace.action import action
from tenure.workspace.models import ChangeSet

if TYPE_CHECKING:
    from tenure.workspace.context import Context

PERMISSION = "directory.merge_people"


@action(PERMISSION)
def merge_people(ctx: Context, winner_id: UUID, loser_id: UUID) -> ChangeSet:
    """Merge `loser` into `winner`: notes, activities, tasks and all else that names the loser names the winner then.

    The winner's own words stay; where it has none, the loser's are taken, but whether they left is the winner's alone to say.
    Raises MergeWithItself, NotFound.
    """
    if winner_id == loser_id:
        raise MergeWithItself
    first, second = sorted((winner_id, loser_id))
    locked = {key: get_person(ctx, key, permission=PERMISSION, lock=True) for key in (first, second)}
    winner, loser = locked[winner_id], locked[loser_id]
    untaken = {"name", "left_on"} | ({"is_main"} if winner.account_id != loser.account_id else set())
    change_set = merge_records(ctx, PERSON, winner, loser, untaken=untaken)
    ctx.emit(PersonMerged(loser.pk, winner.account_id, None, into=winner.pk))
    return change_set
