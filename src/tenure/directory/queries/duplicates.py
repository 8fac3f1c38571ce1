"""Duplicates of a record, found by equality of stored keys: domain, normalised name, external id, and shared words of the name.

Budget: 50 ms among a million accounts (DESIGN.md). No similarity is computed over the table: keys are looked up in indexes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.db.models import Q

from tenure.directory.domain.keys import domain_key, name_key, tokens_of
from tenure.directory.models import Account
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MAX_DUPLICATES = 10
# A word that more accounts than this carry says nothing about who is meant.
COMMON_WORD = 200


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An account that may be the same company, and why. certainty: 0 to 1, by the strongest reason."""

    account: Account
    reasons: tuple[str, ...]
    certainty: float


def find_duplicates(
    ctx: Context, *, name: str = "", domain: str = "", external_id: str = "", but: UUID | None = None
) -> list[Duplicate]:
    """Accounts the caller may see that share a key with the given values, likeliest first."""
    key, domain_wanted = name_key(name) if name.strip() else "", domain_key(domain)
    same = Q(pk__in=[])
    if key:
        same |= Q(name_key=key)
    if domain_wanted:
        same |= Q(domain_key=domain_wanted)
    if external_id:
        same |= Q(external_id=external_id)
    shared = _sharing_words(tokens_of(key)) if key else {}
    visible = Account.objects.filter(scope_filter(ctx, "directory.view", Account))
    rows = {row.pk: row for condition in (same, Q(pk__in=list(shared))) for row in visible.filter(condition)[:MAX_DUPLICATES]}
    rows.pop(but, None)
    found = [_judged(row, key, domain_wanted, external_id, shared) for row in rows.values()]
    return sorted(found, key=lambda one: -one.certainty)[:MAX_DUPLICATES]


def _judged(row: Account, key: str, domain: str, external_id: str, shared: dict[UUID, float]) -> Duplicate:
    reasons = {
        "external_id": 1.0 if external_id and row.external_id == external_id else 0.0,
        "domain": 0.95 if domain and row.domain_key == domain else 0.0,
        "name": 0.9 if key and row.name_key == key else 0.0,
        "words": 0.5 * shared.get(row.pk, 0.0),
    }
    return Duplicate(row, tuple(name for name, weight in reasons.items() if weight), max(reasons.values()))


_CARRIERS = """
SELECT ARRAY(
  SELECT account_id FROM directory_accounttoken
  WHERE workspace_id = (SELECT tenure_workspace()) AND token = word COLLATE "C" LIMIT %(most)s
)
FROM unnest(%(words)s::text[]) AS word
"""


def _sharing_words(words: tuple[str, ...]) -> dict[UUID, float]:
    """Accounts that share at least half of the telling words, with the share."""
    with connection.cursor() as cursor:
        cursor.execute(_CARRIERS, {"words": list(words), "most": COMMON_WORD + 1})
        telling = [carriers for (carriers,) in cursor.fetchall() if len(carriers) <= COMMON_WORD]
    counts = Counter(account_id for carriers in telling for account_id in carriers)
    return {
        account_id: count / len(telling) for account_id, count in counts.most_common(MAX_DUPLICATES) if count * 2 > len(telling)
    }
