"""Records that look alike over the whole workspace: groups with an equal key, read off an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q
from django.utils.translation import gettext

from tenure.directory.models import Account, DistinctPair, Person
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context

GROUPS = 30
MAX_IN_GROUP = 5
MAX_SAME = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """Records with one key in common, the oldest first."""

    reason: str
    key: str
    rows: list[Any]

    @property
    def said(self) -> str:
        """What they have in common, in words."""
        return {"domain_key": gettext("same web address"), "name_key": gettext("same name")}.get(
            self.reason, gettext("same e-mail address")
        )


def alike_accounts(ctx: Context, *, after: str = "") -> tuple[list[Alike], str]:
    """Groups of accounts with the same web address, then the same name; and where the next page begins (empty: nowhere)."""
    return _alike(ctx, Account, ("domain_key", "name_key"), after)


def alike_people(ctx: Context, *, after: str = "") -> tuple[list[Alike], str]:
    """Groups of people with the same e-mail address; and where the next page begins."""
    return _alike(ctx, Person, ("email_key",), after)


def same_accounts(ctx: Context, account: Account) -> list[Account]:
    """Other accounts with this one's web address or name, but for those somebody said are others."""
    same = Q(name_key=account.name_key)
    if account.domain_key:
        same |= Q(domain_key=account.domain_key)
    rows = (
        Account.objects.filter(scope_filter(ctx, "directory.view", Account)).filter(same).exclude(pk=account.pk)[: 2 * MAX_SAME]
    )
    apart = _pairs([account.pk])
    return [row for row in rows if frozenset((row.pk, account.pk)) not in apart][:MAX_SAME]


def _alike(ctx: Context, model: Any, keys: tuple[str, ...], after: str) -> tuple[list[Alike], str]:  # noqa: ANN401
    """Walk the keys' indexes one after the other, `GROUPS` groups a page. after: `<key's name>:<last key>`."""
    name, _mark, last = after.partition(":")
    position = keys.index(name) if name in keys else 0
    visible = model.objects.filter(scope_filter(ctx, "directory.view", model))
    found: list[tuple[str, str, list[UUID]]] = []
    for key in keys[position:]:
        rows = visible.filter(**{f"{key}__gt": last if key == name else ""})
        grouped = rows.values(key).annotate(many=Count("id"), ids=ArrayAgg("id", order_by="id")).filter(many__gt=1).order_by(key)
        found += [(key, group[key], group["ids"][:MAX_IN_GROUP]) for group in grouped[: GROUPS + 1 - len(found)]]
        if len(found) > GROUPS:
            break
    more = found[GROUPS - 1] if len(found) > GROUPS else None
    return _drawn(model, found[:GROUPS]), f"{more[0]}:{more[1]}" if more else ""


def _drawn(model: Any, groups: Sequence[tuple[str, str, list[UUID]]]) -> list[Alike]:  # noqa: ANN401
    """The groups with their rows, each group once, those without two that may be one left out."""
    ids = [key for _, _, members in groups for key in members]
    rows = {
        row.pk: row for row in model.objects.filter(pk__in=ids).select_related(*(["account"] if model is Person else ["owner"]))
    }
    apart = _pairs(ids)
    drawn, seen = [], set()
    for reason, key, members in groups:
        first = members[0]
        kept = [member for member in members if member == first or frozenset((first, member)) not in apart]
        if len(kept) > 1 and frozenset(kept) not in seen:
            seen.add(frozenset(kept))
            drawn.append(Alike(reason, key, [rows[member] for member in kept]))
    return drawn


def _pairs(ids: Sequence[UUID]) -> set[frozenset[UUID]]:
    pairs = DistinctPair.objects.filter(Q(first_id__in=ids) | Q(second_id__in=ids)).values_list("first_id", "second_id")
    return {frozenset(pair) for pair in pairs}
