"""Whose events are whose: the ties of subjects to accounts, with accounts that were merged since read as what they are today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.models import Account
from tenure.directory.queries.aliases import resolve_accounts
from tenure.usage.queries.statement import EPOCH, Statement, aware

if TYPE_CHECKING:
    from tenure.stream.store.client import EventStore
    from tenure.workspace.context import Context

NOBODY = UUID(int=0)
_FAR = datetime(2200, 1, 1, tzinfo=EPOCH.tzinfo)
# Within, subjects that were once theirs are enough: which ties count is decided over each subject's own, by the table's order.
_SPANS = """
SELECT subject, since, until FROM (
  SELECT subject, account, since, leadInFrame(since, 1, {far}) OVER (
    PARTITION BY subject ORDER BY since ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS until
  FROM ties FINAL WHERE workspace = {{workspace:UUID}} AND subject IN (
    SELECT subject FROM ties WHERE workspace = {{workspace:UUID}} AND account IN {accounts})
) WHERE account IN {accounts} ORDER BY subject, since
"""
_MOVED = """
SELECT subject FROM ties FINAL WHERE workspace = {{workspace:UUID}} GROUP BY subject HAVING count() > 1 OR min(since) > {epoch}
"""
_OWNERS = """
SELECT subject, {account} AS account FROM ties FINAL WHERE workspace = {{workspace:UUID}}
GROUP BY subject HAVING count() = 1 AND min(since) <= {epoch}
"""
_MOVES = "SELECT subject, since, {account} AS account FROM ties FINAL WHERE workspace = {{workspace:UUID}}"


@dataclass(frozen=True, slots=True)
class Span:
    """A subject, as long as it is an account's: [since, until)."""

    subject: str
    since: datetime
    until: datetime

    @property
    def is_whole(self) -> bool:
        """Whether it was never anybody else's."""
        return self.since <= EPOCH and self.until >= _FAR


def find_spans(ctx: Context, store: EventStore, accounts: Collection[UUID]) -> list[Span]:
    """The subjects of these accounts and of all that were merged into them."""
    statement = Statement(ctx.workspace.pk)
    ids = statement.bind("Array(UUID)", sorted(with_merged(ctx, accounts)))
    sql = _SPANS.format(far=statement.instant(_FAR), accounts=ids)
    return [Span(subject, aware(since), aware(until)) for subject, since, until in store.rows(sql, **statement.parameters)]


def with_merged(ctx: Context, accounts: Collection[UUID]) -> set[UUID]:
    """The accounts, and those that have become part of them by merging."""
    wanted = set(accounts)
    return wanted | {loser for loser, winner in merged_accounts(ctx).items() if winner in wanted}


def merged_accounts(ctx: Context) -> dict[UUID, UUID]:
    """What each account that was merged away is today."""
    losers = list(Account.everything.filter(merged_into__isnull=False).values_list("pk", flat=True))
    return resolve_accounts(ctx, losers)


def theirs(statement: Statement, spans: Collection[Span]) -> str:
    """The condition that an event is of one of the spans."""
    whole = [span.subject for span in spans if span.is_whole]
    moved = [span for span in spans if not span.is_whole]
    conditions = [f"subject IN {statement.strings(whole)}"] if whole or not moved else []
    conditions += [
        f"(subject = {statement.bind('String', span.subject)} AND time >= {statement.instant(span.since)}"
        f" AND time < {statement.instant(span.until)})"
        for span in moved
    ]
    return f"({' OR '.join(conditions)})"


def has_moved(store: EventStore, statement: Statement) -> bool:
    """Whether any subject was not always the same account's."""
    sql = f"{moved(statement)} LIMIT 1"
    return bool(store.rows(sql, **statement.parameters))


def moved(statement: Statement) -> str:
    """Subjects that were not always the same account's, as a query."""
    return _MOVED.format(epoch=statement.instant(EPOCH))


def owners(statement: Statement, merged: dict[UUID, UUID]) -> str:
    """(subject, account) of all others, as a query."""
    return _OWNERS.format(account=_today(statement, "any(account)", merged), epoch=statement.instant(EPOCH))


def moves(statement: Statement, merged: dict[UUID, UUID]) -> str:
    """(subject, since, account) of all ties, as a query."""
    return _MOVES.format(account=_today(statement, "account", merged))


def _today(statement: Statement, account: str, merged: dict[UUID, UUID]) -> str:
    if not merged:
        return account
    losers = sorted(merged)
    winners = [merged[loser] for loser in losers]
    return (
        f"toUUID(transform(toString({account}), {statement.strings(losers)}, {statement.strings(winners)}, toString({account})))"
    )
