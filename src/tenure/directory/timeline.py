"""How things that happened are told: each room registers its kinds, and entries hold only the facts.

A title or detail is a sentence over named facts: `_("Invoice %(number)s paid, %(amount)s")`. Of several titles the first whose facts
are all there is taken; details are the parts whose facts are all there. Facts are text, numbers, or one of
{"person": id} {"member": id} {"money": [minor, currency]} {"day": "2026-01-31"} {"number": 12}, or a value of a closed list:
{"stage": "won"} {"chain": "champion"} {"outcome": "held"}. People are never named in facts, so that they can be erased.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tenure.directory.enums import ChainRole, Outcome, Stage
from tenure.directory.models import Person, TimelineEntry
from tenure.kernel.money import Money
from tenure.workspace import formats
from tenure.workspace.models import Member

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.lists.columns import Label

PAGE_ENTRIES = 30
Bodies = Callable[["Context", Sequence[UUID]], Mapping[UUID, SafeString]]


@dataclass(frozen=True, slots=True)
class TimelineKind:
    """How one kind of thing is told. bodies: subject ids to what is shown below the line; url: the page of the subject."""

    name: str
    icon: str
    titles: tuple[Label, ...]
    details: tuple[Label, ...] = ()
    tone: str = ""
    bodies: Bodies | None = None
    url: Callable[[Context, UUID], str] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An entry, ready to be drawn."""

    id: UUID
    icon: str
    tone: str
    title: SafeString
    detail: SafeString
    body: SafeString | None
    at: dt.datetime
    url: str
    actor: str


_LISTS: dict[str, type[TextChoices]] = {"stage": Stage, "chain": ChainRole, "outcome": Outcome}
_kinds: dict[str, TimelineKind] = {}


def register_timeline(*kinds: TimelineKind) -> None:
    """Say how kinds of entries are told; called in `ready()`."""
    _kinds.update({kind.name: kind for kind in kinds})


def lines_of(ctx: Context, entries: Sequence[TimelineEntry]) -> list[Line]:
    """The entries in the reader's words, in a number of queries that does not grow with them."""
    known = [(entry, _kinds[entry.kind]) for entry in entries if entry.kind in _kinds]
    names = _names(entry.facts for entry, _kind in known)
    bodies: dict[UUID, SafeString] = {}
    for kind in {kind.name: kind for _entry, kind in known if kind.bodies}.values():
        subjects = [entry.subject_id for entry, other in known if other is kind and entry.subject_id]
        bodies |= kind.bodies(ctx, subjects) if kind.bodies else {}
    return [_line(ctx, entry, kind, names, bodies) for entry, kind in known]


def _line(
    ctx: Context, entry: TimelineEntry, kind: TimelineKind, names: Mapping[str, str], bodies: Mapping[UUID, SafeString]
) -> Line:
    facts = {name: text for name, value in entry.facts.items() if (text := _said(ctx, value, names))}
    strong = {name: format_html("<b>{}</b>", text) for name, text in facts.items()}
    titles = (said for template in kind.titles if (said := _filled(template, strong)) is not None)
    details = [said for template in kind.details if (said := _filled(template, facts)) is not None]
    return Line(
        id=entry.pk,
        icon=kind.icon,
        tone=kind.tone,
        title=next(titles, SafeString(escape(kind.name))),
        detail=SafeString(" · ".join(details)),
        body=bodies.get(entry.subject_id) if entry.subject_id else None,
        at=entry.at,
        url=kind.url(ctx, entry.subject_id) if kind.url and entry.subject_id else "",
        actor=entry.actor_name,
    )


def _filled(template: Label, facts: Mapping[str, str]) -> SafeString | None:
    """The sentence with its facts, or None where one is missing."""
    try:
        return SafeString(escape(str(template)) % {name: conditional_escape(value) for name, value in facts.items()})
    except KeyError:
        return None


def _said(ctx: Context, value: Any, names: Mapping[str, str]) -> str:  # noqa: ANN401 - a fact
    """A fact in the reader's words; empty for none."""
    if not isinstance(value, dict):
        return "" if value is None else str(value)
    ((kind, inner),) = value.items()
    if kind in ("person", "member"):
        return names.get(str(inner), _("somebody"))
    if kind == "money":
        return formats.money(Money(inner[0], inner[1]), ctx)
    if kind == "day":
        return formats.day(dt.date.fromisoformat(inner))
    if kind in _LISTS:
        return str(_LISTS[kind](inner).label)
    return formats.number(inner, ctx)


def _names(facts: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Names of the people and members the facts refer to; two queries at most."""
    wanted: dict[str, set[UUID]] = {"person": set(), "member": set()}
    for one in facts:
        for value in one.values():
            if isinstance(value, dict):
                for kind, ids in wanted.items():
                    if value.get(kind):
                        ids.add(UUID(value[kind]))
    people = Person.everything.filter(pk__in=wanted["person"]).values_list("pk", "name") if wanted["person"] else []
    members = Member.objects.filter(pk__in=wanted["member"]).values_list("pk", "name") if wanted["member"] else []
    return {str(key): name for key, name in [*people, *members]}
