"""Finding accounts: one by id, many by what one types."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from tenure.directory.domain.keys import domain_key, name_key
from tenure.directory.models import Account, AccountToken
from tenure.kernel.errors import NotFound
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tenure.workspace.context import Context


def get_account(ctx: Context, account_id: UUID, *, permission: str = "directory.view", lock: bool = False) -> Account:
    """The living account, where the caller holds `permission` on it; else raises NotFound."""
    rows = Account.objects.filter(scope_filter(ctx, permission, Account), pk=account_id)
    rows = rows.select_for_update(of=("self",)) if lock else rows.select_related("parent", "segment", "owner")
    account = rows.first()
    if account is None:
        raise NotFound(kind="account")
    return account


# What one or two letters match is a multitude; the shortest words of it are what somebody means.
SHORT_WORD, SHORT_WORD_MATCHES = 2, 2000


def matches_text(_ctx: Context, text: str) -> Q:
    """Accounts with a word beginning with each word typed, or of the domain typed. Served by btree indexes alone."""
    words = name_key(text).split()
    found = Q(pk__in=_carriers(words)) if words else Q(pk__in=[])
    domain = domain_key(text)
    if domain:
        found |= Q(domain_key=domain)
    return found


def _carriers(words: list[str]) -> QuerySet[AccountToken, dict[str, UUID]]:
    """Ids of accounts with all the words: intersected before an account is looked at, since most of either are not of both."""
    if len(words) == 1 and len(words[0]) <= SHORT_WORD:
        return _beginning(words[0]).order_by("token")[:SHORT_WORD_MATCHES]
    first, *others = (_beginning(word) for word in words)
    return first.intersection(*others) if others else first


def _beginning(word: str) -> QuerySet[AccountToken, dict[str, UUID]]:
    return AccountToken.objects.filter(token__gte=word, token__lt=word + "\U0010ffff").values("account_id")
