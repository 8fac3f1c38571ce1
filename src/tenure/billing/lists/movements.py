"""The list of MRR movements: what every revenue number drills down to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.billing.enums import MovementKind
from tenure.billing.models import MrrMovement
from tenure.directory.lists import member_choices
from tenure.directory.models import Account
from tenure.directory.queries.accounts import matches_text
from tenure.workspace.lists import Choice, Column, ColumnKind, ListSpec

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MOVEMENT_TONES: dict[str, str] = {
    MovementKind.NEW: "leaf",
    MovementKind.EXPANSION: "leaf",
    MovementKind.REACTIVATION: "leaf",
    MovementKind.RESUME: "leaf",
    MovementKind.CONTRACTION: "amber",
    MovementKind.PAUSE: "amber",
    MovementKind.CHURN: "rose",
}


def matches_movement(ctx: Context, text: str) -> Q:
    """Movements of accounts that the text finds."""
    return Q(account__in=Account.objects.filter(matches_text(ctx, text)).values("pk"))


def kind_choices(_ctx: Context) -> list[Choice]:
    """What a movement may be."""
    return [Choice(value, label) for value, label in MovementKind.choices]


MOVEMENTS = ListSpec(
    name="movements",
    label=_("MRR movements"),
    model=MrrMovement,
    permission="billing.view",
    default_sort="-day",
    search=matches_movement,
    related=("account", "account__owner", "item"),
    columns=(
        Column("day", _("Effective on"), ColumnKind.DATE, path="effective_on", sort="effective_on", show="effective_on"),
        Column("account", _("Account"), ColumnKind.REFERENCE, path="account_id", show="account"),
        Column("kind", _("Kind"), ColumnKind.CHOICE, path="kind", show="get_kind_display", choices=kind_choices),
        Column("amount", _("Per month"), ColumnKind.MONEY, show="monthly", is_filter=False),
        Column("plan", _("Plan"), show="item.plan", is_filter=False),
        Column("reason", _("Reason"), path="reason", show="reason"),
        Column("recorded", _("Recorded"), ColumnKind.INSTANT, path="recorded_at", show="recorded_at", is_default=False),
        Column(
            "owner",
            _("Account owner"),
            ColumnKind.MEMBER,
            path="account__owner_id",
            show="account.owner",
            choices=member_choices,
            is_default=False,
        ),
        Column(
            "subscription",
            _("Subscription"),
            ColumnKind.REFERENCE,
            path="subscription_id",
            show="subscription_id",
            is_default=False,
        ),
        Column("parent", _("Billing parent"), ColumnKind.REFERENCE, path="parent_id", show="parent_id", is_default=False),
    ),
)
