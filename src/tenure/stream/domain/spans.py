"""Whose a subject is, as time goes by: spans, each from its instant on, and what changes them.

A subject's first span reaches over all its history (EVER). A span either names its account itself or follows another subject (a user its group,
a visitor the user it became), whose account it takes. What a member said stands against everything that is read off events.
Rule: stream/README.md, "Whose an event is".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

EVER = datetime(1970, 1, 1, tzinfo=UTC)
# Reasons, as TieReason writes them.
MEMBER, UNKNOWN, GROUP, USER = "member", "unknown", "group", "user"
_LED = frozenset({GROUP, USER})


@dataclass(frozen=True, slots=True)
class Span:
    """Whose a subject is from `since` until its next span. account None: nobody's yet, or nobody's by a member's word."""

    since: datetime = EVER
    account: UUID | None = None
    person: UUID | None = None
    follows: str = ""
    reason: str = UNKNOWN
    by: UUID | None = None

    @property
    def is_a_members_word(self) -> bool:
        """Whether somebody said so: no reader changes it."""
        return self.reason == MEMBER


Spans = tuple[Span, ...]


def span_at(spans: Spans, instant: datetime) -> Span:
    """The span that holds at this instant; of a subject without any, nobody's."""
    found = Span()
    for span in spans:
        if span.since <= instant:
            found = span
    return found


def named(spans: Spans, account: UUID | None, person: UUID | None, reason: str) -> Spans:
    """What a look-up found: it fills spans that have no account of their own, and says who the person is where nobody knows."""
    if not spans:
        return (Span(account=account, person=person, reason=reason if account else UNKNOWN),)
    return tuple(_named(span, account, person, reason) for span in spans)


def _named(span: Span, account: UUID | None, person: UUID | None, reason: str) -> Span:
    if span.is_a_members_word:
        return replace(span, person=span.person or person)
    if span.account is not None or account is None:
        return replace(span, person=span.person or person)
    return replace(span, account=account, person=span.person or person, reason=reason)


def led(spans: Spans, leader: str, at: datetime) -> Spans:
    """An event of `at` said whom the subject follows: the first leader from ever on, another one from then on."""
    if not spans:
        return (Span(follows=leader),)
    present = span_at(spans, at)
    if present.is_a_members_word or present.follows == leader:
        return spans
    if not present.follows:
        return tuple(span if span.follows or span.is_a_members_word else replace(span, follows=leader) for span in spans)
    return _with(spans, Span(since=max(at, EVER), person=present.person, follows=leader))


def assigned(spans: Spans, account: UUID | None, since: datetime, by: UUID | None) -> Spans:
    """A member's word: this account's (None: nobody's) from `since` on, whatever was said of later."""
    said = Span(since=since, account=account, person=span_at(spans, since).person, reason=MEMBER, by=by)
    before = tuple(span for span in spans if span.since < since) or (() if since <= EVER else (Span(),))
    return (*before, said)


def followed(spans: Spans, leaders: Mapping[str, Spans]) -> Spans:
    """The spans with what their leaders say now: where a leader has several, so has the follower, each within its own span.

    A leader without an account takes nothing away from what the follower knows itself.
    """
    result: list[Span] = []
    for start, end, one in _stretches(spans):
        lead = leaders.get(one.follows, ())
        if not one.follows:
            result.append(one)
            continue
        turns = [start, *(span.since for span in lead if span.since > start and (end is None or span.since < end))]
        result += [_taking(one, at, span_at(lead, at)) for at in turns]
    return tuple(result)


def _stretches(spans: Spans) -> list[tuple[datetime, datetime | None, Span]]:
    """Spans that follow one leader in a row, as one; [start, end)."""
    kept: list[Span] = []
    for span in spans:
        if not (kept and span.follows and kept[-1].follows == span.follows):
            kept.append(span)
    ends = [*(span.since for span in kept[1:]), None]
    return [(span.since, end, span) for span, end in zip(kept, ends[: len(kept)], strict=True)]


def _taking(own: Span, at: datetime, lead: Span) -> Span:
    reason = GROUP if own.follows.startswith("g:") else USER
    person = lead.person if reason == USER else own.person
    if lead.account is not None:
        return replace(own, since=at, account=lead.account, person=person, reason=reason)
    if own.reason in _LED:
        # What it has was its leader's, who has nothing any more.
        return replace(own, since=at, account=None, person=person, reason=reason)
    return replace(own, since=at, person=person or own.person)


def _with(spans: Spans, fresh: Span) -> Spans:
    return tuple(sorted((*(span for span in spans if span.since != fresh.since), fresh), key=lambda span: span.since))


def told_at(spans: Spans, instants: Sequence[datetime]) -> Spans:
    """The same said at each of these instants too: a row once written is never taken away, it repeats the one before it."""
    whole = {span.since: span for span in spans}
    for instant in instants:
        whole.setdefault(instant, replace(span_at(spans, instant), since=instant))
    return tuple(whole[since] for since in sorted(whole))
