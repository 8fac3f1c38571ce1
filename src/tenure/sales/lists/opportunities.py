"""The list of opportunities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tenure.directory.lists import member_choices
from tenure.market.lists import channel_choices
from tenure.sales.enums import Outcome
from tenure.sales.lists.selling import agent_choices, manager_choices, product_choices, stage_choices, team_choices
from tenure.sales.models import Opportunity
from tenure.sales.queries.opportunities import matches_opportunity
from tenure.sales.records.opportunity import kind_choices
from tenure.workspace.lists import Choice, Column, ColumnKind, ListSpec
from tenure.workspace.lists.words import known_words

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MAX_WORDS = 50
WON_TOO_EARLY, NO_ACCOUNT, NOT_ENGAGED = "won_before_first_contact", "no_account", "not_engaged"
_ODD = {
    WON_TOO_EARLY: Q(closed_at__lt=F("lead__first_contact_at")),
    NO_ACCOUNT: Q(account__isnull=True),
    NOT_ENGAGED: Q(engaged_at__isnull=True),
}


def outcome_choices(_ctx: Context) -> list[Choice]:
    """Open, won, lost."""
    return [Choice(value, label) for value, label in Outcome.choices]


def odd_choices(_ctx: Context) -> list[Choice]:
    """What may be odd about a deal."""
    return [
        Choice(WON_TOO_EARLY, _("Closed before the first contact")),
        Choice(NO_ACCOUNT, _("Without an account")),
        Choice(NOT_ENGAGED, _("Without a date of engagement")),
    ]


def reason_choices(_ctx: Context) -> list[Choice]:
    """The reasons given so far."""
    return _in_use("reason")


def competitor_choices(_ctx: Context) -> list[Choice]:
    """The competitors met so far."""
    return _in_use("competitor")


def _in_use(column: str) -> list[Choice]:
    return [Choice(word, word) for word in known_words(Opportunity, column, MAX_WORDS)]


def _odd(wanted: list[str]) -> Q:
    """The deals that are odd in one of the ways asked for; raises ValueError for another word."""
    condition = Q()
    for name in wanted:
        if name not in _ODD:
            raise ValueError(name)
        condition |= _ODD[name]
    return condition


OPPORTUNITIES = ListSpec(
    name="opportunities",
    record="opportunity",
    label=_("Opportunities"),
    model=Opportunity,
    permission="sales.view",
    default_sort="-updated",
    search=matches_opportunity,
    related=("account", "product", "stage", "owner", "agent", "lead", "lead__channel"),
    columns=(
        Column("name", _("Opportunity"), sort="name_sort", show="__str__", is_filter=False),
        Column("account", _("Account"), ColumnKind.REFERENCE, path="account_id", show="account", is_default=False),
        Column("stage", _("Stage"), ColumnKind.REFERENCE, path="stage_id", show="stage", choices=stage_choices),
        Column(
            "amount",
            _("Amount"),
            ColumnKind.MONEY,
            path="amount_minor",
            sort="amount_minor",
            show="amount_minor",
            currency="currency",
        ),
        Column("outcome", _("Outcome"), ColumnKind.CHOICE, path="outcome", show="get_outcome_display", choices=outcome_choices),
        Column("closed", _("Closed"), ColumnKind.INSTANT, path="closed_at", sort="closed_at", show="closed_at"),
        Column(
            "expected_close",
            _("Expected close"),
            ColumnKind.DATE,
            path="expected_close_on",
            sort="expected_close_on",
            show="expected_close_on",
        ),
        Column("agent", _("Sold by"), ColumnKind.REFERENCE, path="agent_id", show="agent", choices=agent_choices),
        Column("owner", _("Owner"), ColumnKind.MEMBER, path="owner_id", show="owner", choices=member_choices),
        Column(
            "product",
            _("Product"),
            ColumnKind.REFERENCE,
            path="product_id",
            show="product",
            choices=product_choices,
            is_default=False,
        ),
        Column(
            "engaged", _("Engaged"), ColumnKind.INSTANT, path="engaged_at", sort="engaged_at", show="engaged_at", is_default=False
        ),
        Column(
            "stage_since",
            _("In this stage since"),
            ColumnKind.INSTANT,
            show="stage_entered_at",
            is_filter=False,
            is_default=False,
        ),
        Column(
            "team", _("Team"), ColumnKind.CHOICE, path="agent__team", show="agent.team", choices=team_choices, is_default=False
        ),
        Column(
            "manager",
            _("Manager"),
            ColumnKind.CHOICE,
            path="agent__manager",
            show="agent.manager",
            choices=manager_choices,
            is_default=False,
        ),
        Column(
            "channel",
            _("Channel"),
            ColumnKind.REFERENCE,
            path="lead__channel_id",
            show="lead.channel",
            choices=channel_choices,
            is_default=False,
        ),
        Column("lead", _("Lead"), ColumnKind.REFERENCE, path="lead_id", show="lead", is_default=False),
        Column(
            "kind", _("Kind"), ColumnKind.CHOICE, path="kind", show="get_kind_display", choices=kind_choices, is_default=False
        ),
        Column(
            "reason",
            _("Reason won or lost"),
            ColumnKind.CHOICE,
            path="reason",
            show="reason",
            choices=reason_choices,
            is_default=False,
        ),
        Column(
            "competitor",
            _("Competitor"),
            ColumnKind.CHOICE,
            path="competitor",
            show="competitor",
            choices=competitor_choices,
            is_default=False,
        ),
        Column("partner", _("Partner"), path="partner", show="partner", is_default=False),
        Column("odd", _("Odd"), ColumnKind.CHOICE, match=_odd, choices=odd_choices, show="oddness", is_default=False),
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
