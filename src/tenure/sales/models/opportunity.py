"""Opportunities: deals that are being won or lost, and the stages they went through."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tenure.directory.enums import TurnKind
from tenure.directory.models.living import LIVING, living_index
from tenure.sales.enums import Outcome
from tenure.workspace.models.base import Record, Scoped


class Opportunity(Record):
    """One deal. `name_sort` and `name_key` are computed; outcome is what its stage means.

    account may be unknown while the deal is open. lead and turn keep the chain from the first touch to the money: lead is what the deal
    came of, turn is the trip it is part of (its lead's, or one of its own). owner is a member; agent is who the deal is credited to,
    member or not. A deal has closed_at exactly while it is won or lost. stage_entered_at: when it entered its stage,
    as somebody says, else as far as one knows.
    """

    fence_account = "account_id"
    owner_path = "owner_id"

    name = models.TextField(_("Name"), blank=True, default="")
    name_sort = models.TextField(db_collation="C", editable=False)
    name_key = models.TextField(db_collation="C", editable=False, default="")
    kind = models.TextField(_("Kind"), choices=TurnKind, default=TurnKind.FIRST_PURCHASE, db_collation="C")
    account = models.ForeignKey(
        "directory.Account",
        verbose_name=_("Account"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    person = models.ForeignKey(
        "directory.Person",
        verbose_name=_("Main contact"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    lead = models.ForeignKey(
        "market.Lead", verbose_name=_("Lead"), on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    turn = models.ForeignKey("directory.Turn", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    owner = models.ForeignKey(
        "workspace.Member",
        verbose_name=_("Owner"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    agent = models.ForeignKey(
        "sales.SalesAgent",
        verbose_name=_("Sold by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    partner = models.TextField(_("Partner"), blank=True, default="", db_collation="C")
    product = models.ForeignKey(
        "sales.SalesProduct",
        verbose_name=_("Product"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    stage = models.ForeignKey(
        "sales.PipelineStage", verbose_name=_("Stage"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    outcome = models.TextField(_("Outcome"), choices=Outcome, default=Outcome.OPEN, db_collation="C", editable=False)
    amount_minor = models.BigIntegerField(_("Amount"), null=True, blank=True)
    currency = models.TextField(_("Currency"), blank=True, default="", db_collation="C", max_length=3)
    engaged_at = models.DateTimeField(_("Engaged"), null=True, blank=True)
    closed_at = models.DateTimeField(_("Closed"), null=True, blank=True)
    stage_entered_at = models.DateTimeField(_("In this stage since"))
    expected_close_on = models.DateField(_("Expected close"), null=True, blank=True)
    reason = models.TextField(_("Reason won or lost"), blank=True, default="", db_collation="C")
    competitor = models.TextField(_("Competitor"), blank=True, default="", db_collation="C")
    description = models.TextField(_("Description"), blank=True, default="")

    class Meta:
        verbose_name_plural = "opportunities"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "external_id"], name="opportunity_external_id", condition=LIVING & ~Q(external_id="")
            ),
            models.CheckConstraint(condition=Q(kind__in=TurnKind.values), name="opportunity_kind"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="opportunity_outcome"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN, closed_at__isnull=True)
                | (~Q(outcome=Outcome.OPEN) & Q(closed_at__isnull=False)),
                name="opportunity_closed",
            ),
            models.CheckConstraint(condition=Q(amount_minor__isnull=True) | Q(amount_minor__gte=0), name="opportunity_amount"),
        ]
        indexes: ClassVar = [
            living_index("opportunity_id", "id"),
            living_index("opportunity_name", "name_sort", "id"),
            living_index("opportunity_updated", "updated_at", "id"),
            living_index("opportunity_amount", "amount_minor", "id", condition=Q(amount_minor__isnull=False)),
            living_index("opportunity_engaged", "engaged_at", "id", condition=Q(engaged_at__isnull=False)),
            living_index("opportunity_closed_at", "closed_at", "id", condition=Q(closed_at__isnull=False)),
            living_index("opportunity_expected", "expected_close_on", "id", condition=Q(expected_close_on__isnull=False)),
            living_index("opportunity_outcome", "outcome", "closed_at"),
            living_index("opportunity_stage", "stage", "id"),
            living_index("opportunity_account", "account", "id", condition=Q(account__isnull=False)),
            living_index("opportunity_lead", "lead", "id", condition=Q(lead__isnull=False)),
            living_index("opportunity_turn", "turn", "id", condition=Q(turn__isnull=False)),
            living_index("opportunity_owner", "owner", "id"),
            living_index("opportunity_agent", "agent", "id"),
            living_index("opportunity_product", "product", "id"),
            living_index("opportunity_reason", "reason", "id", condition=~Q(reason="")),
            living_index("opportunity_competitor", "competitor", "id", condition=~Q(competitor="")),
            living_index("opportunity_name_key", "name_key", condition=~Q(name_key="")),
        ]

    def __str__(self) -> str:
        """What it is called, else the account and the product it is about; related rows are loaded by the caller."""
        if self.name:
            return self.name
        parts = [str(part) for part in (self.account, self.product) if part is not None]
        return " · ".join(parts) or self.external_id or str(_("Unnamed deal"))

    @property
    def is_open(self) -> bool:
        """Whether it is neither won nor lost."""
        return self.outcome == Outcome.OPEN

    @property
    def seller(self) -> str:
        """Who it is credited to: the agent, else the owner; related rows are loaded by the caller."""
        return str(self.agent or self.owner or "")

    @property
    def closed_before_first_contact(self) -> bool:
        """Whether it closed before its lead was first in touch: kept as it came, and shown as odd."""
        return self.closed_at is not None and self.lead is not None and self.closed_at < self.lead.first_contact_at

    @property
    def oddness(self) -> list[str]:
        """What is odd about it, in words."""
        facts = (
            (self.closed_before_first_contact, gettext("Closed before the first contact")),
            (self.account_id is None, gettext("Without an account")),
            (self.engaged_at is None, gettext("Without a date of engagement")),
        )
        return [words for is_so, words in facts if is_so]


class OpportunityStep(Scoped):
    """A deal entered a stage of the pipeline. Rows are appended and never changed, but for the account, which follows the deal's."""

    fence_account = "account_id"

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="+", db_index=False)
    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    stage = models.ForeignKey("sales.PipelineStage", on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.TextField(choices=Outcome, db_collation="C")
    entered_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="opportunity_step_outcome")]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "opportunity", "recorded_at"], name="opportunity_step_deal"),
            models.Index(fields=["workspace", "stage", "entered_at"], name="opportunity_step_stage"),
        ]

    def __str__(self) -> str:
        """The stage and when."""
        return f"{self.stage_id} {self.entered_at:%Y-%m-%d}"
