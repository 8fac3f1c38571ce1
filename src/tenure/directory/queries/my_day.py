"""What changed in somebody's accounts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet

from tenure.directory.models import Account, AccountTeam, TimelineEntry
from tenure.directory.timeline import Line, lines_of
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MAX_ENTRIES = 60
MAX_ACCOUNTS = 12


def accounts_of(ctx: Context, member_id: UUID) -> QuerySet[Any]:
    """The accounts a member owns or is on the team of, as far as they may see them."""
    on_team = AccountTeam.objects.filter(member_id=member_id).values("account_id")
    mine = Q(owner_id=member_id) | Q(pk__in=on_team)
    return Account.objects.filter(scope_filter(ctx, "directory.view", Account)).filter(mine)


def changes_since(ctx: Context, member_id: UUID, since: datetime) -> list[tuple[Account, list[Line]]]:
    """What happened in the member's accounts, by account, the latest first; what they did themselves is left out."""
    accounts = accounts_of(ctx, member_id)
    rows = TimelineEntry.objects.filter(account_id__in=accounts.values("pk"), at__gte=since, at__lte=ctx.now())
    entries = list(rows.exclude(_by(member_id)).order_by("-at", "-id")[:MAX_ENTRIES])
    by_account: dict[UUID, list[TimelineEntry]] = {}
    for entry in entries:
        if entry.account_id is not None:
            by_account.setdefault(entry.account_id, []).append(entry)
    named = {account.pk: account for account in accounts.filter(pk__in=list(by_account))}
    lines = {line.id: line for line in lines_of(ctx, entries)}
    shown = [
        (named[key], [lines[entry.pk] for entry in group if entry.pk in lines])
        for key, group in by_account.items()
        if key in named
    ]
    return shown[:MAX_ACCOUNTS]


def _by(member_id: UUID) -> Q:
    """What a member did: whoever an entry names did it; where it names nobody, whoever wrote it down (an import brings others' work)."""
    return Q(facts__member__member=str(member_id)) | Q(actor_id=member_id, facts__member__isnull=True)
