"""The list of subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.billing.enums import SubscriptionState
from tenure.billing.models import Subscription
from tenure.billing.records.item_fields import rhythm_choices
from tenure.directory.lists import member_choices
from tenure.directory.models import Account
from tenure.directory.queries.accounts import matches_text
from tenure.workspace.lists import Choice, Column, ColumnKind, ListSpec
from tenure.workspace.lists.words import known_words

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MAX_PLANS = 100
STATE_TONES: dict[str, str] = {
    SubscriptionState.UPCOMING: "sky",
    SubscriptionState.TRIAL: "sky",
    SubscriptionState.RUNNING: "leaf",
    SubscriptionState.ENDED: "rose",
    SubscriptionState.NEVER_ACTIVE: "amber",
}


def matches_subscription(ctx: Context, text: str) -> Q:
    """Subscriptions with that external id, or of accounts that the text finds. Served by btree indexes alone."""
    return Q(external_id=text.strip()) | Q(account__in=Account.objects.filter(matches_text(ctx, text)).values("pk"))


def state_choices(_ctx: Context) -> list[Choice]:
    """Where a subscription may stand."""
    return [Choice(value, label) for value, label in SubscriptionState.choices]


def plan_choices(_ctx: Context) -> list[Choice]:
    """The plans in use."""
    return [Choice(plan, plan) for plan in known_words(Subscription, "plan", MAX_PLANS)]


SUBSCRIPTIONS = ListSpec(
    name="subscriptions",
    record="subscription",
    label=_("Subscriptions"),
    model=Subscription,
    permission="billing.view",
    default_sort="-updated",
    search=matches_subscription,
    related=("account", "account__owner", "opportunity"),
    columns=(
        Column("plan", _("Plan"), ColumnKind.CHOICE, path="plan", sort="plan", show="__str__", choices=plan_choices),
        Column("account", _("Account"), ColumnKind.REFERENCE, path="account_id", show="account"),
        Column("state", _("State"), ColumnKind.CHOICE, path="state", show="get_state_display", choices=state_choices),
        Column(
            "monthly",
            _("Per month"),
            ColumnKind.MONEY,
            path="monthly_minor",
            sort="monthly_minor",
            show="monthly_minor",
            currency="currency",
        ),
        Column("starts", _("Starts"), ColumnKind.DATE, path="starts_on", sort="starts_on", show="starts_on"),
        Column("renews", _("Renews"), ColumnKind.DATE, path="renews_on", sort="renews_on", show="renews_on"),
        Column("ends", _("Ends"), ColumnKind.DATE, path="ends_on", sort="ends_on", show="ends_on"),
        Column("cancelled", _("Cancelled"), ColumnKind.DATE, path="cancelled_on", show="cancelled_on", is_default=False),
        Column("end_reason", _("Reason of the end"), path="end_reason", show="end_reason", is_default=False),
        Column(
            "term",
            _("Renewed"),
            ColumnKind.CHOICE,
            path="term",
            show="get_term_display",
            choices=rhythm_choices,
            is_default=False,
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
        Column(
            "opportunity", _("Opportunity"), ColumnKind.REFERENCE, path="opportunity_id", show="opportunity", is_default=False
        ),
        Column("currency", _("Currency"), path="currency", show="currency", is_default=False),
        Column("signed", _("Signed"), ColumnKind.DATE, path="signed_on", show="signed_on", is_default=False),
        Column("live", _("Live"), ColumnKind.DATE, path="live_on", show="live_on", is_default=False),
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
