"""The list of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tenure.directory.enums import ChainRole
from tenure.directory.lists.accounts import member_choices
from tenure.directory.models import Person
from tenure.directory.queries.people import matches_person
from tenure.directory.records.person import language_choices, role_choices
from tenure.workspace.lists import Choice, Column, ColumnKind, ListSpec
from tenure.workspace.lists.words import known_words

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MAX_PERSONAS = 50


def persona_choices(_ctx: Context) -> list[Choice]:
    """The personas in use."""
    return [Choice(name, name) for name in known_words(Person, "persona", MAX_PERSONAS)]


def yes_or_no(_ctx: Context) -> list[Choice]:
    """The two answers."""
    return [Choice("yes", _("Yes")), Choice("no", _("No"))]


ROLE_TONES = {
    ChainRole.CHAMPION: "leaf",
    ChainRole.BLOCKER: "rose",
    ChainRole.ECONOMIC_BUYER: "sky",
    ChainRole.DECISION_MAKER: "sky",
}

PEOPLE = ListSpec(
    name="people",
    record="person",
    label=_("People"),
    model=Person,
    permission="directory.view",
    default_sort="-updated",
    search=matches_person,
    related=("account", "account__owner"),
    columns=(
        Column("name", _("Person"), sort="name_sort", show="name", is_filter=False),
        Column("account", _("Account"), ColumnKind.REFERENCE, path="account_id", show="account"),
        Column("role", _("Role"), ColumnKind.CHOICE, path="role", show="get_role_display", choices=role_choices),
        Column("title", _("Title"), show="title", is_filter=False),
        Column("email", _("E-mail"), path="email_key", show="email"),
        Column("persona", _("Persona"), ColumnKind.CHOICE, path="persona", show="persona", choices=persona_choices),
        Column("updated", _("Last change"), ColumnKind.INSTANT, path="updated_at", sort="updated_at", show="updated_at"),
        Column("phone", _("Phone"), show="phone", is_filter=False, is_default=False),
        Column(
            "language",
            _("Language"),
            ColumnKind.CHOICE,
            path="language",
            show="language_name",
            choices=language_choices,
            is_default=False,
        ),
        Column(
            "is_main",
            _("Main contact"),
            ColumnKind.BOOLEAN,
            path="is_main",
            show="main_word",
            choices=yes_or_no,
            is_default=False,
        ),
        Column(
            "left", _("Left the company on"), ColumnKind.DATE, path="left_on", sort="left_on", show="left_on", is_default=False
        ),
        Column(
            "owner",
            _("Account owner"),
            ColumnKind.MEMBER,
            path="account__owner_id",
            show="account.owner",
            choices=member_choices,
            is_default=False,
        ),
        Column("external_id", _("External id"), path="external_id", show="external_id", is_default=False),
        Column("created", _("Created"), ColumnKind.INSTANT, path="created_at", sort="id", show="created_at", is_default=False),
    ),
)
