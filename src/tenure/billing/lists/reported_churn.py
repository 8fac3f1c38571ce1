"""The list of reported churn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.billing.models import ReportedChurn
from tenure.directory.lists import member_choices
from tenure.directory.models import Account
from tenure.directory.queries.accounts import matches_text
from tenure.workspace.lists import Choice, Column, ColumnKind, ListSpec
from tenure.workspace.lists.words import known_words

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MAX_REASONS = 100


def matches_report(ctx: Context, text: str) -> Q:
    """Reports about accounts that the text finds."""
    return Q(account__in=Account.objects.filter(matches_text(ctx, text)).values("pk"))


def reason_choices(_ctx: Context) -> list[Choice]:
    """The reasons given so far."""
    return [Choice(reason, reason) for reason in known_words(ReportedChurn, "reason", MAX_REASONS)]


REPORTED_CHURNS = ListSpec(
    name="reported_churn",
    record="reported_churn",
    label=_("Reported churn"),
    model=ReportedChurn,
    permission="billing.view",
    default_sort="-day",
    search=matches_report,
    related=("account", "account__owner"),
    columns=(
        Column("day", _("Left on"), ColumnKind.DATE, path="churned_on", sort="churned_on", show="churned_on"),
        Column("account", _("Account"), ColumnKind.REFERENCE, path="account_id", show="account"),
        Column("reason", _("Reason"), ColumnKind.CHOICE, path="reason", show="reason", choices=reason_choices),
        Column("refund", _("Refund"), ColumnKind.MONEY, show="refund", is_filter=False),
        Column("comment", _("Comment"), show="comment", is_filter=False),
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
