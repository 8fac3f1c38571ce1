"""What was read off events, or found out since, about whose subjects are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.stream.domain.spans import led, named
from tenure.stream.enums import TieReason
from tenure.stream.tie_book import NO_HINTS, Hints, TieBook
from tenure.stream.ties_copy import copy_after_commit
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@dataclass(frozen=True, slots=True)
class Found:
    """Whose a subject is by a look-up (account and person None: nobody's yet), and what its client said of it."""

    subject: str
    account_id: UUID | None = None
    person_id: UUID | None = None
    reason: str = TieReason.UNKNOWN
    hints: Hints = NO_HINTS


@dataclass(frozen=True, slots=True)
class Lead:
    """An event of `at` named both: the subject takes the account of whom it follows."""

    subject: str
    follows: str
    at: datetime


@action("stream.settle_ties")
def settle_ties(ctx: Context, found: Sequence[Found], leads: Sequence[Lead] = ()) -> int:
    """Write what is new about these subjects; returns how many rows changed. Nothing that a member said is changed.

    Leads are taken in the order of their instants. Idempotent by its arguments: what is known already writes nothing.
    """
    subjects = {one.subject for one in found} | {name for lead in leads for name in (lead.subject, lead.follows)}
    book = TieBook(ctx, subjects)
    for one in found:
        book.say(one.subject, named(book.spans(one.subject), one.account_id, one.person_id, one.reason))
        book.hint(one.subject, one.hints)
    for lead in sorted(leads, key=lambda one: one.at):
        book.say(lead.subject, led(book.spans(lead.subject), lead.follows, lead.at))
    count = book.write()
    if count:
        copy_after_commit(ctx)
    return count
