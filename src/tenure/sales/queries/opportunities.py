"""Finding opportunities by what one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from tenure.directory.domain.keys import name_key
from tenure.directory.models import Account
from tenure.directory.queries.accounts import matches_text

if TYPE_CHECKING:
    from tenure.workspace.context import Context

_LAST = "\U0010ffff"
MOST_ACCOUNTS = 2000


def matches_opportunity(ctx: Context, text: str) -> Q:
    """Deals whose name begins so, whose account is found so, or whose external id it is. Served by btree indexes alone."""
    key = name_key(text)
    found = Q(external_id=text.strip())
    if key:
        found |= Q(name_key__gte=key, name_key__lt=key + _LAST)
        found |= Q(account_id__in=Account.objects.filter(matches_text(ctx, text)).values("pk")[:MOST_ACCOUNTS])
    return found
