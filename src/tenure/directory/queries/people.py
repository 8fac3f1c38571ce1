"""Finding people: one by id, many by what one types, the same one by address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from tenure.directory.domain.keys import email_key, name_key
from tenure.directory.enums import ChainRole
from tenure.directory.models import Person, PersonToken
from tenure.directory.queries.accounts import SHORT_WORD, SHORT_WORD_MATCHES
from tenure.kernel.errors import NotFound
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MAX_DUPLICATES = 10


def get_person(ctx: Context, person_id: UUID, *, permission: str = "directory.view", lock: bool = False) -> Person:
    """The living person, where the caller holds `permission` on their account; else raises NotFound."""
    rows = Person.objects.filter(scope_filter(ctx, permission, Person), pk=person_id)
    rows = rows.select_for_update(of=("self",)) if lock else rows.select_related("account", "account__owner")
    person = rows.first()
    if person is None:
        raise NotFound(kind="person")
    return person


def matches_person(_ctx: Context, text: str) -> Q:
    """People with a word beginning with each word typed, or with an address beginning so. Served by btree indexes alone."""
    words = name_key(text).split()
    found = Q()
    for word in words:
        tokens = PersonToken.objects.filter(token__gte=word, token__lt=word + "\U0010ffff").values("person_id")
        if len(words) == 1 and len(word) <= SHORT_WORD:
            tokens = tokens.order_by("token")[:SHORT_WORD_MATCHES]
        found &= Q(pk__in=tokens)
    address = text.strip().casefold()
    if "@" in address:
        return Q(email_key__gte=address, email_key__lt=address + "\U0010ffff")
    return found if words else Q(pk__in=[])


def find_same_people(
    ctx: Context, *, email: str = "", name: str = "", account_id: UUID | None = None, but: UUID | None = None
) -> list[Person]:
    """People the caller may see with the same address, or the same name in the same account. Equality of stored keys only."""
    same = Q(pk__in=[])
    if key := email_key(email):
        same |= Q(email_key=key)
    if name.strip() and account_id is not None:
        same |= Q(name_key=name_key(name), account_id=account_id)
    rows = Person.objects.filter(scope_filter(ctx, "directory.view", Person)).filter(same).exclude(pk=but)
    return list(rows.select_related("account")[:MAX_DUPLICATES])


def decision_chain(ctx: Context, account_id: UUID) -> QuerySet[Any]:
    """The people of an account: those who are there before those who left, by their role in the decision, the main contact first."""
    order = Case(
        *(When(role=role, then=Value(at)) for at, role in enumerate(ChainRole.values)),
        default=Value(99),
        output_field=IntegerField(),
    )
    rows = Person.objects.filter(scope_filter(ctx, "directory.view", Person), account_id=account_id)
    return rows.order_by(Case(When(left_on=None, then=Value(0)), default=Value(1)), "-is_main", order, "name_sort")


def find_champion(ctx: Context, account_id: UUID) -> Person | None:
    """Who carries the decision inside the account; without one, the main contact."""
    rows = decision_chain(ctx, account_id).filter(left_on=None).filter(Q(role=ChainRole.CHAMPION) | Q(is_main=True))
    return min(rows[:10], key=lambda person: person.role != ChainRole.CHAMPION, default=None)
