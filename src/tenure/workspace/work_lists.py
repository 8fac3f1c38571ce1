"""The workspace room's own lists: audit, members, change sets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.workspace.action import actions
from tenure.workspace.enums import ActorKind, ChangeSetKind, ChangeSetState, MemberState
from tenure.workspace.lists import Choice, Column, ColumnKind, ListSpec
from tenure.workspace.models import ApiKey, AuditLine, ChangeSet, Member
from tenure.workspace.queries.change_sets import visible_change_sets

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tenure.workspace.context import Context

LAST_SIGN = "\U0010ffff"
MOST_ACTORS = 200


def _actors(_ctx: Context) -> Iterable[Choice]:
    """Members, then API keys."""
    members = [Choice(str(member.pk), member.name) for member in Member.objects.order_by("state", "name")[:MOST_ACTORS]]
    return members + [Choice(str(key.pk), str(key)) for key in ApiKey.objects.order_by("name")[:MOST_ACTORS]]


def _actions(_ctx: Context) -> Iterable[Choice]:
    return [Choice(name, name) for name in sorted(actions)]


def _matches_audit(_ctx: Context, text: str) -> Q:
    """By id: what was done by it, to it, or with it. By word: actions of a room, or on a kind of record. Else by who did it."""
    try:
        key = UUID(text)
    except ValueError:
        word = text.lower().replace(" ", "_")
        named = Member.objects.filter(name__icontains=text).values("pk")
        begins = Q(action__gte=word, action__lt=word + LAST_SIGN)
        return begins | Q(subject_kind=word) | Q(actor_id__in=named)
    return Q(subject_id=key) | Q(account_id=key) | Q(change_set_id=key) | Q(actor_id=key)


AUDIT = ListSpec(
    name="audit",
    label=_("Audit"),
    model=AuditLine,
    permission="workspace.view_audit",
    default_sort="-at",
    search=_matches_audit,
    columns=(
        Column("action", _("Action"), path="action", show="action", choices=_actions),
        Column("at", _("When"), ColumnKind.INSTANT, path="at", sort="at", show="at"),
        Column("actor", _("Who"), ColumnKind.REFERENCE, path="actor_id", show="actor_name", choices=_actors),
        Column("subject_kind", _("Kind of record"), path="subject_kind", show="subject_kind"),
        Column("subject", _("Record"), ColumnKind.REFERENCE, path="subject_id", show="subject_id", is_default=False),
        Column("facts", _("Facts"), show="facts_in_words", is_filter=False),
        Column("account", _("Account"), ColumnKind.REFERENCE, path="account_id", show="account_id", is_default=False),
        Column("change_set", _("Change set"), ColumnKind.REFERENCE, path="change_set_id", show="change_set_id", is_default=False),
        Column("address", _("Network address"), show="address", is_filter=False, is_default=False),
        Column("request_id", _("Request"), show="request_id", is_filter=False, is_default=False),
        Column(
            "actor_kind",
            _("Kind of actor"),
            ColumnKind.CHOICE,
            path="actor_kind",
            show="get_actor_kind_display",
            is_default=False,
            choices=lambda _ctx: [Choice(value, label) for value, label in ActorKind.choices],
        ),
    ),
)

MEMBERS = ListSpec(
    name="members",
    label=_("Members"),
    model=Member,
    permission="workspace.view",
    default_sort="name",
    columns=(
        Column("name", _("Name"), sort="name", show="name", is_filter=False),
        Column("email", _("E-mail"), path="email", show="email"),
        Column(
            "state",
            _("State"),
            ColumnKind.CHOICE,
            path="state",
            show="get_state_display",
            choices=lambda _ctx: [Choice(value, label) for value, label in MemberState.choices],
        ),
        Column("team", _("Team"), path="team", show="team"),
        Column("created", _("Joined"), ColumnKind.INSTANT, path="created_at", sort="created_at", show="created_at"),
    ),
)


@dataclass(frozen=True, slots=True)
class ChangeSetList(ListSpec):
    """Whoever does not hold the permission everywhere sees their own work."""

    def rows(self, ctx: Context) -> QuerySet[Any]:
        """The change sets the caller may see."""
        rows: QuerySet[Any] = ChangeSet.objects.filter(visible_change_sets(ctx))
        return rows


CHANGE_SETS = ChangeSetList(
    name="change_sets",
    label=_("Changes"),
    model=ChangeSet,
    permission="workspace.view",
    default_sort="-started",
    columns=(
        Column("title", _("What"), show="title", is_filter=False),
        Column(
            "kind",
            _("Kind"),
            ColumnKind.CHOICE,
            path="kind",
            show="get_kind_display",
            choices=lambda _ctx: [Choice(value, label) for value, label in ChangeSetKind.choices],
        ),
        Column(
            "state",
            _("State"),
            ColumnKind.CHOICE,
            path="state",
            show="get_state_display",
            choices=lambda _ctx: [Choice(value, label) for value, label in ChangeSetState.choices],
        ),
        Column("actor", _("Who"), ColumnKind.REFERENCE, path="actor_id", show="actor_name", choices=_actors),
        Column("started", _("Started"), ColumnKind.INSTANT, path="started_at", sort="started_at", show="started_at"),
        Column("done", _("Rows"), ColumnKind.NUMBER, show="done", is_filter=False),
    ),
)
