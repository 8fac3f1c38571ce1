"""Two accounts turn out to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.actions.settle_timeline import TimelineFact, add_timeline_entries
from tenure.directory.errors import MergeWithItself
from tenure.directory.events import AccountMerged
from tenure.directory.merging import merge_records
from tenure.directory.models import Account, Person
from tenure.directory.queries.accounts import get_account
from tenure.directory.records import ACCOUNT, PERSON
from tenure.workspace.action import action
from tenure.workspace.models import AccountPath, ChangeSet
from tenure.workspace.records import Change, update_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context

PERMISSION = "directory.merge_accounts"


@action(PERMISSION)
def merge_accounts(ctx: Context, winner_id: UUID, loser_id: UUID) -> ChangeSet:
    """Merge `loser` into `winner`: everything that hangs on the loser hangs on the winner then; undo brings both back.

    The winner's own words stay; where it has none, the loser's are taken. Events of the past keep the account they name and are
    resolved by queries/aliases.py. Raises MergeWithItself, NotFound. Not repeatable: the loser is not there a second time.
    """
    if winner_id == loser_id:
        raise MergeWithItself
    first, second = sorted((winner_id, loser_id))
    locked = {key: get_account(ctx, key, permission=PERMISSION, lock=True) for key in (first, second)}
    winner, loser = locked[winner_id], locked[loser_id]

    def prepare(within: Context) -> None:
        _leave_the_loser(within, winner, loser)
        _keep_one_main_contact(within, winner, loser)

    change_set = merge_records(ctx, ACCOUNT, winner, loser, untaken=("kind", "parent", "name"), prepare=prepare)
    ctx.emit(AccountMerged(loser.pk, winner.pk, None, into=winner.pk))
    told = {"account": loser.name} | ({"member": {"member": str(ctx.member_id)}} if ctx.member_id else {})
    add_timeline_entries(ctx, [TimelineFact("merged", ctx.now(), winner.pk, None, "changeset", change_set.pk, told)])
    return change_set


def _leave_the_loser(ctx: Context, winner: Account, loser: Account) -> None:
    """A winner that stands below the loser takes its place first."""
    if AccountPath.objects.filter(ancestor_id=loser.pk, descendant_id=winner.pk).exists():
        row = Account.objects.get(pk=winner.pk)
        update_records(ctx, ACCOUNT, [Change(row, {"parent": loser.parent_id})])


def _keep_one_main_contact(ctx: Context, winner: Account, loser: Account) -> None:
    """The winner's main contact stays it."""
    if Person.objects.filter(account_id=winner.pk, is_main=True).exists():
        mains = Person.objects.filter(account_id=loser.pk, is_main=True)
        update_records(ctx, PERSON, [Change(row, {"is_main": False}) for row in mains])
