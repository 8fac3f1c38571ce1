"""Which account and person the ids, domains and addresses of product events mean. Equality of stored keys, a query for each kind of key."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.directory.models import Account, Person
from tenure.directory.queries.aliases import resolve_accounts, resolve_people
from tenure.stream.actions.settle_ties import Found
from tenure.stream.enums import TieReason
from tenure.stream.tie_book import Hints

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@dataclass(slots=True)
class _Owners:
    """Accounts by id, external id and domain; people by external id and address. What two living records share means neither."""

    by_id: dict[str, UUID] = field(default_factory=dict)
    by_external_id: dict[str, UUID] = field(default_factory=dict)
    by_domain: dict[str, UUID] = field(default_factory=dict)
    person_by_external_id: dict[str, UUID] = field(default_factory=dict)
    person_by_email: dict[str, UUID] = field(default_factory=dict)
    account_of: dict[UUID, UUID | None] = field(default_factory=dict)


def find_owners(ctx: Context, hinted: dict[str, Hints]) -> list[Found]:
    """Whose each of these subjects is, by its hints; nobody's where nothing matches. Merged records are what they were merged into."""
    owners = _read_owners(ctx, hinted)
    return [
        _group(owners, subject, hints) if subject.startswith("g:") else _user(owners, subject, hints)
        for subject, hints in hinted.items()
    ]


def _group(owners: _Owners, subject: str, hints: Hints) -> Found:
    for reason, account in (
        (TieReason.NAMED, owners.by_id.get(hints.external_id.lower())),
        (TieReason.EXTERNAL_ID, owners.by_external_id.get(hints.external_id)),
        (TieReason.DOMAIN, owners.by_domain.get(hints.domain)),
    ):
        if account is not None:
            return Found(subject, account, None, reason, hints)
    return Found(subject, hints=hints)


def _user(owners: _Owners, subject: str, hints: Hints) -> Found:
    by_id = owners.person_by_external_id.get(hints.external_id)
    person = by_id or owners.person_by_email.get(hints.email)
    account = owners.account_of.get(person) if person else None
    reason = TieReason.EXTERNAL_ID if by_id else TieReason.EMAIL
    if account is None:
        account, reason = owners.by_domain.get(hints.domain), TieReason.DOMAIN
    return Found(subject, account, person, reason if account else TieReason.UNKNOWN, hints)


def _read_owners(ctx: Context, hinted: dict[str, Hints]) -> _Owners:
    owners = _Owners()
    groups = {hints.external_id for subject, hints in hinted.items() if subject.startswith("g:")}
    users = {hints.external_id for subject, hints in hinted.items() if subject.startswith("u:")} - {""}
    ids = {UUID(text) for text in groups if _is_id(text)}
    if ids:
        owners.by_id = {str(key): key for key in Account.everything.filter(pk__any_of=ids).values_list("pk", flat=True)}
    owners.by_external_id = _by_external_id(Account, groups - {""})
    owners.by_domain = _alone(Account, "domain_key", {hints.domain for hints in hinted.values()} - {""})
    owners.person_by_external_id = _by_external_id(Person, users)
    owners.person_by_email = _by_email({hints.email for hints in hinted.values()} - {""})
    _resolve(ctx, owners)
    people = {*owners.person_by_external_id.values(), *owners.person_by_email.values()}
    if people:
        owners.account_of = dict(Person.objects.filter(pk__any_of=people).values_list("pk", "account_id"))
    return owners


def _by_external_id(model: Any, ids: Collection[str]) -> dict[str, UUID]:  # noqa: ANN401 - an account or a person
    """Living records, and those that were merged since."""
    if not ids:
        return {}
    merged = model.everything.filter(merged_into__isnull=False, external_id__any_of=sorted(ids))
    living = model.objects.filter(external_id__any_of=sorted(ids))
    return dict(merged.values_list("external_id", "pk")) | dict(living.values_list("external_id", "pk"))


def _alone(model: Any, column: str, keys: Collection[str]) -> dict[str, UUID]:  # noqa: ANN401 - an account or a person
    """Records that are the only living one with their key."""
    if not keys:
        return {}
    found: dict[str, set[UUID]] = {}
    for key, record_id in model.objects.filter(**{f"{column}__any_of": sorted(keys)}).values_list(column, "pk"):
        found.setdefault(key, set()).add(record_id)
    return {key: next(iter(records)) for key, records in found.items() if len(records) == 1}


def _by_email(keys: Collection[str]) -> dict[str, UUID]:
    return _alone(Person, "email_key", keys)


def _resolve(ctx: Context, owners: _Owners) -> None:
    """What was merged is what it became; what was deleted is nobody."""
    accounts = {**owners.by_id, **owners.by_external_id, **owners.by_domain}
    today = resolve_accounts(ctx, set(accounts.values()))
    living = set(Account.objects.filter(pk__any_of=set(today.values())).values_list("pk", flat=True)) if today else set()
    for named in (owners.by_id, owners.by_external_id, owners.by_domain):
        _replace(named, {asked: now for asked, now in today.items() if now in living})
    people = resolve_people(ctx, set(owners.person_by_external_id.values()))
    present = set(Person.objects.filter(pk__any_of=set(people.values())).values_list("pk", flat=True)) if people else set()
    _replace(owners.person_by_external_id, {asked: now for asked, now in people.items() if now in present})


def _replace(named: dict[str, UUID], today: dict[UUID, UUID]) -> None:
    for key, record_id in list(named.items()):
        if record_id in today:
            named[key] = today[record_id]
        else:
            del named[key]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return len(text) == len("00000000-0000-0000-0000-000000000000")
