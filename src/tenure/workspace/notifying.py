"""Telling members in passing: rooms say what is worth telling, here it is written once, and mailed to those who want it so.

A notifier is a consumer (relay.py): it reads events after commit, and its position is committed with the notifications.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenure.workspace.enums import MailKind, MemberState, NotifyBy
from tenure.workspace.mail import NewMail, post_mail
from tenure.workspace.models import ApiKey, Member, Notification
from tenure.workspace.relay import Consumer, register_consumer

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.events import DomainEvent
    from tenure.workspace.models import OutboxEvent

    Tell = Callable[[Context, Sequence[OutboxEvent]], Iterable["Notice"]]

Sentence = Callable[[Mapping[str, Any]], str]
TOLD_SINGLY = 5
SENTENCES_IN_MAIL = 20
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notification: its icon, and its sentence over the facts, in the language in force."""

    name: str
    icon: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell one member. source: what it comes of; the same (member, kind, source) is told once.

    path: the page it leads to, below the workspace's address (`tasks/`); facts: plain JSON values for the sentence.
    """

    member_id: UUID
    kind: str
    source_id: UUID
    facts: dict[str, Any] = field(default_factory=dict)
    path: str = ""


kinds: dict[str, NoticeKind] = {}


def register_notices(*new: NoticeKind) -> None:
    """Make kinds of notifications known."""
    for kind in new:
        kinds[kind.name] = kind


def register_notifier(name: str, types: Collection[type[DomainEvent]], tell: Tell) -> None:
    """Have `tell` read events of these types after commit, and its notices written."""

    def consume(ctx: Context, events: Sequence[OutboxEvent]) -> None:
        write_notices(ctx, list(tell(ctx, events)))

    register_consumer(Consumer(name, consume, frozenset(kind.type for kind in types)))


def source_of(thing: UUID, said: str) -> UUID:
    """A source for what has no event of its own: a thing and a word about it (a day)."""
    return uuid5(thing, said)


def gathered(notices: Sequence[Notice], kind: str, path: str) -> list[Notice]:
    """More than five notices of one teller to one member at once become one of `kind`, with `count` and the teller's name in it."""
    by_reader: dict[tuple[UUID, object], list[Notice]] = defaultdict(list)
    for notice in notices:
        by_reader[notice.member_id, notice.facts.get("who")].append(notice)
    result: list[Notice] = []
    for (member_id, who), group in by_reader.items():
        if len(group) <= TOLD_SINGLY:
            result += group
        else:
            result.append(Notice(member_id, kind, group[-1].source_id, {"who": who, "count": len(group)}, path))
    return result


def actor_names(events: Iterable[OutboxEvent]) -> dict[UUID, str]:
    """Names of the members and API keys behind the events, by id."""
    ids = list({event.actor_id for event in events if event.actor_id is not None})
    keys = {key.pk: key.name for key in ApiKey.objects.filter(pk__in=ids)}
    return keys | dict(Member.objects.filter(pk__in=ids).values_list("pk", "name"))


def short(text: str) -> str:
    """A name that fits into a sentence."""
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"


def write_notices(ctx: Context, notices: Sequence[Notice]) -> int:
    """Write the notices that were not written before, for members who are active, and mail them to whoever wants that.

    Returns how many were new. Idempotent by (member, kind, source).
    """
    fresh = _not_told_yet(notices)
    members = {
        member.pk: member
        for member in Member.objects.filter(pk__in={notice.member_id for notice in fresh}, state=MemberState.ACTIVE)
    }
    fresh = [notice for notice in fresh if notice.member_id in members]
    now = ctx.now()
    rows = [
        Notification(
            workspace_id=ctx.workspace.pk,
            member_id=notice.member_id,
            kind=notice.kind,
            source_id=notice.source_id,
            facts=notice.facts,
            path=notice.path,
            at=now,
        )
        for notice in fresh
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    by_member: dict[UUID, list[Notification]] = defaultdict(list)
    for row in rows:
        by_member[row.member_id].append(row)
    for member_id, told in by_member.items():
        if members[member_id].notify_by == NotifyBy.MAIL:
            post_mail(ctx, _mail_of(ctx, members[member_id], told))
    return len(rows)


def sentence_of(notification: Notification) -> str:
    """What the notification says, in the language in force; kinds that no room knows any more say their name."""
    kind = kinds.get(notification.kind)
    return kind.sentence(notification.facts) if kind else notification.kind


def _not_told_yet(notices: Sequence[Notice]) -> list[Notice]:
    by_key = {(notice.member_id, notice.kind, notice.source_id): notice for notice in notices}
    told = Notification.objects.filter(
        member_id__in={notice.member_id for notice in notices}, source_id__in={notice.source_id for notice in notices}
    ).values_list("member_id", "kind", "source_id")
    for key in told:
        by_key.pop(key, None)
    return list(by_key.values())


def _mail_of(ctx: Context, member: Member, told: Sequence[Notification]) -> NewMail:
    """One mail for all that a member is told at once, in their language."""
    language = member.language or ctx.workspace.language
    base = settings.BASE_URL.rstrip("/")
    with translation.override(language):
        sentences = [sentence_of(row) for row in told[:SENTENCES_IN_MAIL]]
        if len(told) > SENTENCES_IN_MAIL:
            sentences.append(_("And %(count)s more.") % {"count": len(told) - SENTENCES_IN_MAIL})
        single = len(told) == 1
        page = (
            f"/{ctx.workspace.slug}/{told[0].path}" if single else reverse("workspace:notifications", args=[ctx.workspace.slug])
        )
        return NewMail(
            kind=MailKind.NOTIFICATION,
            to_address=member.email,
            subject=sentences[0]
            if single
            else ngettext("%(count)s notification from Tenure", "%(count)s notifications from Tenure", len(told))
            % {"count": len(told)},
            paragraphs=tuple(sentences),
            language=language,
            link=base + page,
            link_label=_("Open in Tenure"),
            member_id=member.pk,
        )
