"""Who is who: product events are tied to accounts and people, by what the events say and by what the directory knows.

The reader takes windows of events; the consumer takes what became of accounts and people, and looks for those who wait for it.
Rule: stream/README.md, "Whose an event is".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tenure.directory import events
from tenure.directory.domain.traits import Said
from tenure.directory.models import Account, Person
from tenure.directory.queries.tie_owners import find_owners
from tenure.directory.queries.who_events import Told, parts_of, read_told
from tenure.stream.actions.settle_ties import Lead, settle_ties
from tenure.stream.domain.spans import MEMBER
from tenure.stream.queries.ties import KnownTie, ties_of, waiting_like
from tenure.stream.readers import Window, register_reader
from tenure.stream.tie_book import Hints
from tenure.workspace.action import part_of_action
from tenure.workspace.relay import Consumer, register_consumer

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models import OutboxEvent

READER = "directory.who_is_who"
_ACCOUNTS = (events.AccountCreated, events.AccountChanged, events.AccountRestored, events.AccountMerged)
_PEOPLE = (events.PersonCreated, events.PersonChanged, events.PersonRestored, events.PersonMerged)


def register_who_is_who() -> None:
    """Have events read, and accounts and people listened to, imported ones too."""
    register_reader(READER, read_who)
    types = frozenset(event.type for event in (*_ACCOUNTS, *_PEOPLE))
    register_consumer(Consumer(READER, resolve_waiting, types, wants_backfill=True))


def read_who(ctx: Context, window: Window) -> None:
    """Tie the subjects of a window. Writes only what is new; a member's word stands."""
    for part in parts_of(window):
        settle_told(ctx, read_told(part))


def settle_told(ctx: Context, told: Told) -> None:
    """Tie what was told of: one look-up of what is known, one of whose it may be, one writing."""
    known = ties_of({*told.said, *(lead.subject for lead in told.leads)})
    fresh = {subject: _hints(said) for subject, said in told.said.items() if _is_news(known.get(subject), _hints(said))}
    leads = [lead for lead in told.leads if _leads_anew(known.get(lead.subject), lead)]
    spoken = {lead.subject for lead in told.leads}
    leads += [lead for lead in told.first_groups if lead.subject not in spoken and not _follows_somebody(known.get(lead.subject))]
    if fresh or leads:
        with part_of_action():
            settle_ties(ctx, find_owners(ctx, fresh), leads)


def resolve_waiting(ctx: Context, batch: Sequence[OutboxEvent]) -> None:
    """Subjects that wait for one of these accounts or people get it."""
    account_types, person_types = ({event.type for event in kinds} for kinds in (_ACCOUNTS, _PEOPLE))
    accounts = [event.subject_id for event in batch if event.type in account_types]
    people = [event.subject_id for event in batch if event.type in person_types]
    ids, domains, emails = set(), set(), set()
    for key, external_id, domain in Account.everything.filter(pk__any_of=accounts).values_list("pk", "external_id", "domain_key"):
        ids |= {str(key), external_id}
        domains.add(domain)
    for external_id, email in Person.everything.filter(pk__any_of=people).values_list("external_id", "email_key"):
        ids.add(external_id)
        emails.add(email)
    waiting = waiting_like(external_ids=ids - {""}, domains=domains - {""}, emails=emails - {""})
    found = [one for one in find_owners(ctx, waiting) if one.account_id or one.person_id] if waiting else []
    if found:
        with part_of_action():
            settle_ties(ctx, found)


def _hints(said: Said) -> Hints:
    return Hints(said.external_id, said.domain, said.email, said.name)


def _is_news(rows: list[KnownTie] | None, hints: Hints) -> bool:
    """Whether a look-up may find more than is known: a new subject, or one that said something new of itself."""
    return rows is None or hints.over(rows[0].hints) != rows[0].hints


def _leads_anew(rows: list[KnownTie] | None, lead: Lead) -> bool:
    if not rows:
        return True
    present = [row for row in rows if row.since_at <= lead.at][-1:]
    return not present or (present[0].follows != lead.follows and present[0].reason != MEMBER)


def _follows_somebody(rows: list[KnownTie] | None) -> bool:
    return any(row.follows or row.reason == MEMBER for row in rows or ())
