"""The list of leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tenure.directory.lists import member_choices
from tenure.directory.records import segment_choices
from tenure.market.enums import LeadStatus
from tenure.market.lists.channels import channel_choices
from tenure.market.models import Lead
from tenure.market.queries.leads import matches_lead
from tenure.market.records.lead import status_choices
from tenure.workspace.lists import Choice, Column, ColumnKind, ListSpec
from tenure.workspace.lists.words import known_words

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MAX_WORDS = 50
LEAD_TONES = {LeadStatus.NEW: "sky", LeadStatus.QUALIFIED: "leaf", LeadStatus.DISQUALIFIED: "rose", LeadStatus.CONVERTED: "leaf"}


def persona_choices(_ctx: Context) -> list[Choice]:
    """The personas in use on leads."""
    return _in_use("persona")


def reason_choices(_ctx: Context) -> list[Choice]:
    """The reasons for which leads were given up."""
    return _in_use("lost_reason")


def _in_use(column: str) -> list[Choice]:
    return [Choice(word, word) for word in known_words(Lead, column, MAX_WORDS)]


LEADS = ListSpec(
    name="leads",
    record="lead",
    label=_("Leads"),
    model=Lead,
    permission="market.view",
    default_sort="-first_contact",
    search=matches_lead,
    related=("account", "channel", "owner", "segment"),
    columns=(
        Column("name", _("Lead"), sort="name_sort", show="__str__", is_filter=False),
        Column("company", _("Company"), show="company", is_filter=False),
        Column("status", _("Status"), ColumnKind.CHOICE, path="status", show="get_status_display", choices=status_choices),
        Column("channel", _("Channel"), ColumnKind.REFERENCE, path="channel_id", show="channel", choices=channel_choices),
        Column(
            "first_contact",
            _("First contact"),
            ColumnKind.INSTANT,
            path="first_contact_at",
            sort="first_contact_at",
            show="first_contact_at",
        ),
        Column("score", _("Score"), ColumnKind.NUMBER, path="score", sort="score", show="score"),
        Column("owner", _("Owner"), ColumnKind.MEMBER, path="owner_id", show="owner", choices=member_choices),
        Column("email", _("E-mail"), path="email_key", show="email", is_default=False),
        Column("title", _("Title"), show="title", is_filter=False, is_default=False),
        Column("country", _("Country"), path="country", show="country", is_default=False),
        Column(
            "segment",
            _("Segment"),
            ColumnKind.REFERENCE,
            path="segment_id",
            show="segment",
            choices=segment_choices,
            is_default=False,
        ),
        Column(
            "persona", _("Persona"), ColumnKind.CHOICE, path="persona", show="persona", choices=persona_choices, is_default=False
        ),
        Column("account", _("Account"), ColumnKind.REFERENCE, path="account_id", show="account", is_default=False),
        Column(
            "qualified",
            _("Qualified"),
            ColumnKind.INSTANT,
            path="qualified_at",
            sort="qualified_at",
            show="qualified_at",
            is_default=False,
        ),
        Column(
            "converted",
            _("Converted"),
            ColumnKind.INSTANT,
            path="converted_at",
            sort="converted_at",
            show="converted_at",
            is_default=False,
        ),
        Column(
            "reason",
            _("Reason"),
            ColumnKind.CHOICE,
            path="lost_reason",
            show="lost_reason",
            choices=reason_choices,
            is_default=False,
        ),
        Column("landing_page", _("Landing page"), path="landing_page", show="landing_page", is_default=False),
        Column("source", _("First touch: source"), path="first_source", show="first_source", is_default=False),
        Column("campaign", _("First touch: campaign"), path="first_campaign", show="first_campaign", is_default=False),
        Column("external_id", _("External id"), path="external_id", show="external_id", is_default=False),
        Column(
            "updated",
            _("Last change"),
            ColumnKind.INSTANT,
            path="updated_at",
            sort="updated_at",
            show="updated_at",
            is_default=False,
        ),
        Column("created", _("Created"), ColumnKind.INSTANT, path="created_at", sort="id", show="created_at", is_default=False),
    ),
)
