"""Subscriptions: what an account has agreed to pay for, from when to when, and the items it consists of."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tenure.billing.enums import ChargeKind, DiscountKind, Rhythm, SubscriptionState
from tenure.directory.models.living import LIVING, living_index
from tenure.kernel.money import Money
from tenure.workspace.models.base import Record


class Subscription(Record):
    """One agreement with an account. It runs from starts_on up to, but not on, ends_on; one that ends on its first day never ran.

    signed_on: when it was agreed, where that is known. live_on, adopting_on: when the customer went live and when
    they had made it part of their work, imported. cancelled_on: when notice was given; it still runs to ends_on. term, term_count: after how long it is renewed (blank: as its first item is paid).
    plan, monthly_minor, state and renews_on are kept by a projection (settling.py); they have no version of their own.
    """

    fence_account = "account_id"
    owner_path = "account__owner_id"

    account = models.ForeignKey(
        "directory.Account", verbose_name=_("Account"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    opportunity = models.ForeignKey(
        "sales.Opportunity",
        verbose_name=_("Opportunity"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    currency = models.TextField(_("Currency"), db_collation="C")
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    starts_on = models.DateField(_("Starts on"))
    ends_on = models.DateField(_("Ends on"), null=True, blank=True)
    cancelled_on = models.DateField(_("Cancelled on"), null=True, blank=True)
    end_reason = models.TextField(_("Reason of the end"), blank=True, default="", db_collation="C")
    is_trial = models.BooleanField(_("Trial"), default=False)
    trial_ends_on = models.DateField(_("Trial ends on"), null=True, blank=True)
    live_on = models.DateField(_("Live on"), null=True, blank=True)
    adopting_on = models.DateField(_("Adopting since"), null=True, blank=True)
    term = models.TextField(_("Renewed"), choices=Rhythm, blank=True, default="", db_collation="C")
    term_count = models.SmallIntegerField(_("Every so many"), default=1)

    plan = models.TextField(_("Plan"), blank=True, default="", db_collation="C")
    monthly_minor = models.BigIntegerField(_("Per month"), default=0)
    state = models.TextField(_("State"), choices=SubscriptionState, default=SubscriptionState.UPCOMING, db_collation="C")
    renews_on = models.DateField(_("Renews"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "external_id"], name="subscription_external_id", condition=LIVING & ~Q(external_id="")
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="subscription_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(term__in=["", *Rhythm.values]), name="subscription_term"),
            models.CheckConstraint(condition=Q(term_count__gte=1), name="subscription_term_count"),
            models.CheckConstraint(condition=Q(state__in=SubscriptionState.values), name="subscription_state"),
        ]
        indexes: ClassVar = [
            living_index("subscription_id", "id"),
            living_index("subscription_updated", "updated_at", "id"),
            living_index("subscription_account", "account", "starts_on"),
            living_index("subscription_started", "starts_on", "id"),
            living_index("subscription_ended", "ends_on", "id", condition=Q(ends_on__isnull=False)),
            living_index("subscription_renews", "renews_on", "id", condition=Q(renews_on__isnull=False)),
            living_index("subscription_monthly", "monthly_minor", "id"),
            living_index("subscription_plan", "plan", "id"),
            living_index("subscription_state_at", "state", "id"),
            living_index("subscription_opportunity", "opportunity", condition=Q(opportunity__isnull=False)),
        ]

    def __str__(self) -> str:
        """The plan, or the id it has elsewhere."""
        return self.plan or self.external_id or str(_("Subscription"))

    # What it is worth a month as the reader writes it, once a page is to show it.
    shown: str = ""

    @property
    def is_never_active(self) -> bool:
        """Whether it ends on the day it starts."""
        return self.ends_on is not None and self.ends_on <= self.starts_on

    @property
    def monthly(self) -> Money:
        """What it is worth per month while it is paid."""
        return Money(self.monthly_minor, self.currency)


class SubscriptionItem(Record):
    """One thing a subscription consists of. The first item has the subscription's own id, here and in other systems, so that both can come from one row of a file.

    list_minor, net_minor: minor units per interval for the whole quantity, without tax, before and after discount.
    starts_on, ends_on: where they differ from the subscription's. replaces: the item whose terms this one changed.
    """

    fence_account = "account_id"
    owner_path = "account__owner_id"

    subscription = models.ForeignKey(
        Subscription, verbose_name=_("Subscription"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    plan = models.TextField(_("Plan"), db_collation="C")
    quantity = models.DecimalField(_("Quantity"), max_digits=38, decimal_places=12, default=1)
    list_minor = models.BigIntegerField(_("List amount"), default=0)
    net_minor = models.BigIntegerField(_("Net amount"), default=0)
    currency = models.TextField(_("Currency"), db_collation="C")
    interval = models.TextField(_("Paid"), choices=Rhythm, default=Rhythm.MONTH, db_collation="C")
    interval_count = models.SmallIntegerField(_("Every so many"), default=1)
    charge = models.TextField(_("Charge"), choices=ChargeKind, default=ChargeKind.RECURRING, db_collation="C")
    discount = models.TextField(_("Discount"), choices=DiscountKind, blank=True, default="", db_collation="C")
    discount_ends_on = models.DateField(_("Discount ends on"), null=True, blank=True)
    starts_on = models.DateField(_("Starts on"), null=True, blank=True)
    ends_on = models.DateField(_("Ends on"), null=True, blank=True)
    is_trial = models.BooleanField(_("Trial"), default=False)
    trial_ends_on = models.DateField(_("Trial ends on"), null=True, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "external_id"], name="item_external_id", condition=LIVING & ~Q(external_id="")
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="item_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(interval__in=Rhythm.values), name="item_interval"),
            models.CheckConstraint(condition=Q(interval_count__gte=1), name="item_interval_count"),
            models.CheckConstraint(condition=Q(charge__in=ChargeKind.values), name="item_charge"),
            models.CheckConstraint(condition=Q(discount__in=["", *DiscountKind.values]), name="item_discount"),
            models.CheckConstraint(
                condition=Q(list_minor__gte=0) & Q(net_minor__gte=0) & Q(quantity__gte=0), name="item_not_negative"
            ),
        ]
        indexes: ClassVar = [
            living_index("item_id", "id"),
            living_index("item_subscription", "subscription", "id"),
            living_index("item_account", "account", "id"),
            living_index("item_plan", "plan", "id"),
        ]

    def __str__(self) -> str:
        """The plan."""
        return self.plan

    # Amounts as the reader writes them, once a page is to show them.
    net_shown: str = ""
    list_shown: str = ""

    @property
    def is_first(self) -> bool:
        """Whether it is its subscription's first item."""
        return self.pk == self.subscription_id

    @property
    def list_amount(self) -> Money:
        """The list amount per interval."""
        return Money(self.list_minor, self.currency)

    @property
    def net_amount(self) -> Money:
        """The net amount per interval."""
        return Money(self.net_minor, self.currency)
