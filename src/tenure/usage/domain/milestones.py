"""Milestones: what they usually are called, what a definition may say, and since when core use holds.

Rule: usage/README.md, "Milestones"; the design's stage ledger.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from tenure.usage.enums import MilestoneKind

ACTIVE_WEEKS, WATCHED_WEEKS = 3, 4
# Names that clients commonly give these events, as squeezed words; the first that is seen is suggested.
_COMMON: Mapping[MilestoneKind, tuple[str, ...]] = {
    MilestoneKind.SIGN_UP: (
        "signedup", "signup", "usersignedup", "accountcreated", "registered", "registration", "userregistered", "trialrequested",
    ),
    MilestoneKind.FIRST_USE: (
        "trialstarted", "signedin", "login", "loggedin", "userloggedin", "sessionstarted", "appopened", "applicationopened",
    ),
    MilestoneKind.FIRST_VALUE: (
        "onboardingcompleted", "setupcompleted", "activated", "firstvalue", "projectcompleted", "ordercompleted", "reportcreated",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MilestoneRule:
    """What one kind means: any of these events; of core use in so many of so many weeks in a row."""

    kind: MilestoneKind
    events: tuple[str, ...]
    weeks_active: int = ACTIVE_WEEKS
    weeks_watched: int = WATCHED_WEEKS


@dataclass(frozen=True, slots=True)
class Moment:
    """An event that may decide a milestone: when it was, whose it was called, and which it is."""

    at: datetime
    subject: str
    event_id: str
    source_id: UUID
    context: str = ""


class Reached(NamedTuple):
    """A milestone is reached by the event `moment`; subjects: everybody whose events it rests on."""

    moment: Moment
    subjects: frozenset[str]


def first_reached(moments: Iterable[Moment]) -> Reached | None:
    """Reached by the earliest event; None without one."""
    found = min(moments, key=lambda one: (one.at, one.event_id), default=None)
    return None if found is None else Reached(found, frozenset({found.subject}))


def core_use_reached(weeks: Mapping[int, Moment], *, weeks_active: int, weeks_watched: int) -> Reached | None:
    """Since when core use holds: the first core event of the week that is the `weeks_active`th active one of `weeks_watched` in a row.

    weeks: the first core event of each active week, by the week's number (weeks follow one another, Monday to Sunday, in the workspace's
    zone). None where it never held.
    """
    active = sorted(weeks)
    for last in range(weeks_active - 1, len(active)):
        run = active[last - weeks_active + 1 : last + 1]
        if run[-1] - run[0] < weeks_watched:
            return Reached(weeks[run[-1]], frozenset(weeks[week].subject for week in run))
    return None


def suggested_events(kind: MilestoneKind, seen: Collection[str]) -> list[str]:
    """Of the names seen, those that usually mean this milestone, the likeliest first."""
    by_words: dict[str, list[str]] = {}
    for name in sorted(seen):
        by_words.setdefault(_squeezed(name), []).append(name)
    return [name for words in _COMMON.get(kind, ()) for name in by_words.get(words, ())]


def core_events(rule: MilestoneRule, core_features: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The events of core use: those said, else those of the core features."""
    return rule.events or tuple(dict.fromkeys(name for names in core_features for name in names))


def _squeezed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()
