"""The account list: its columns, filters, sorts and search, for the page, the API and exports alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.directory.enums import AccountKind, Stage
from tenure.directory.models import Account, AccountTag
from tenure.directory.queries.accounts import matches_text
from tenure.directory.records import load_tags, segment_choices
from tenure.workspace.lists import Choice, Column, ColumnKind, ListSpec
from tenure.workspace.models import Member

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def member_choices(_ctx: Context) -> Iterable[Choice]:
    """Members, those who left last."""
    return [Choice(str(member.pk), member.name) for member in Member.objects.order_by("state", "name")[:200]]


def _tagged(tags: list[str]) -> Q:
    return Q(pk__in=AccountTag.objects.filter(tag__in=tags).values("account_id"))


ACCOUNTS = ListSpec(
    name="accounts",
    record="account",
    label=_("Accounts"),
    model=Account,
    permission="directory.view",
    default_sort="-updated",
    search=matches_text,
    related=("segment", "owner", "parent"),
    load=lambda _ctx, rows: load_tags(rows),
    columns=(
        Column("name", _("Account"), sort="name_sort", show="name", is_filter=False),
        Column("segment", _("Segment"), ColumnKind.REFERENCE, path="segment_id", show="segment", choices=segment_choices),
        Column(
            "stage",
            _("Stage"),
            ColumnKind.CHOICE,
            path="stage",
            show="get_stage_display",
            choices=lambda _ctx: [Choice(value, label) for value, label in Stage.choices],
        ),
        Column("arr", _("ARR"), ColumnKind.MONEY, path="arr_minor", sort="arr_minor", show="arr_minor"),
        Column("renews", _("Renews"), ColumnKind.DATE, path="renews_on", sort="renews_on", show="renews_on"),
        Column("owner", _("Owner"), ColumnKind.MEMBER, path="owner_id", show="owner", choices=member_choices),
        Column("updated", _("Last change"), ColumnKind.INSTANT, path="updated_at", sort="updated_at", show="updated_at"),
        Column("industry", _("Industry"), path="industry", show="industry", is_default=False),
        Column("country", _("Country"), path="country", show="country", is_default=False),
        Column("city", _("City"), show="city", is_filter=False, is_default=False),
        Column(
            "employees", _("Employees"), ColumnKind.NUMBER, path="employees", sort="employees", show="employees", is_default=False
        ),
        Column("domain", _("Domain"), show="domain", is_filter=False, is_default=False),
        Column("tags", _("Tags"), ColumnKind.CHOICE, show="tags", match=_tagged, is_default=False),
        Column(
            "kind",
            _("Kind"),
            ColumnKind.CHOICE,
            path="kind",
            show="get_kind_display",
            is_default=False,
            choices=lambda _ctx: [Choice(value, label) for value, label in AccountKind.choices],
        ),
        Column("came_from", _("Came from"), show="came_from", is_filter=False, is_default=False),
        Column("parent", _("Parent account"), ColumnKind.REFERENCE, path="parent_id", show="parent", is_default=False),
        Column("external_id", _("External id"), path="external_id", show="external_id", is_default=False),
        Column(
            "created", _("Created"), ColumnKind.INSTANT, path="created_at", sort="created_at", show="created_at", is_default=False
        ),
    ),
)
