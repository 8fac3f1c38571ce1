"""Accounts that a waiting subject may be: by the domain, the name or the id that was said. Two queries for a page of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q

from tenure.directory.domain.keys import name_key
from tenure.directory.models import Account
from tenure.stream.tie_book import Hints
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MAX_ACCOUNTS = 500
MIN_BEGINNING = 4


def suggest_accounts(ctx: Context, hinted: Mapping[str, Hints]) -> dict[str, Account]:
    """For each subject the account that is nearest: of the same domain or the domain above it, of the same name, of a name that begins so.

    Where two are as near, none. Only accounts that the caller sees.
    """
    names = {key for subject, hints in hinted.items() for key in _names(subject, hints)}
    domains = {domain for hints in hinted.values() for domain in _domains(hints.domain)}
    begun = Q(pk__in=[])
    for key in sorted(names):
        if len(key) >= MIN_BEGINNING:
            begun |= Q(name_key__gte=key, name_key__lt=f"{key}\U0010ffff")
    rows = Account.objects.filter(scope_filter(ctx, "directory.view", Account))
    found = [
        *rows.filter(Q(domain_key__any_of=sorted(domains)) | Q(name_key__any_of=sorted(names)))[:MAX_ACCOUNTS],
        *rows.filter(begun)[:MAX_ACCOUNTS],
    ]
    accounts = list({row.pk: row for row in found}.values())
    nearest = {subject: _nearest(accounts, _names(subject, hints), _domains(hints.domain)) for subject, hints in hinted.items()}
    return {subject: account for subject, account in nearest.items() if account is not None}


def _nearest(accounts: Sequence[Account], names: Sequence[str], domains: Sequence[str]) -> Account | None:
    """The one account of the first way of being near in which there is any."""
    same_domain = [one for one in accounts if one.domain_key and one.domain_key in domains[:1]]
    same_name = [one for one in accounts if one.name_key in names]
    domain_above = [one for one in accounts if one.domain_key and one.domain_key in domains]
    long_names = tuple(key for key in names if len(key) >= MIN_BEGINNING)
    begun = [one for one in accounts if long_names and one.name_key.startswith(long_names)]
    near = same_domain or domain_above or same_name or begun
    return near[0] if len(near) == 1 else None


def _names(subject: str, hints: Hints) -> list[str]:
    """A group's name, and its id where that may be one; users are called after themselves, not after their company."""
    if not subject.startswith("g:"):
        return []
    said = (hints.name, subject[2:])
    return [key for text in said if text and len(key := name_key(text)) > 1]


def _domains(domain: str) -> list[str]:
    """The domain and those above it: `eu.hollis.example`, `hollis.example`."""
    parts = domain.split(".") if domain else []
    return [".".join(parts[start:]) for start in range(len(parts) - 1)]
