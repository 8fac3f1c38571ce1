"""Leads: somebody who was identified, how they came, and whether they are worth an offer."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.directory.models.living import LIVING, living_index
from tenure.market.enums import LeadStatus
from tenure.workspace.models.base import Record


class Lead(Record):
    """One prospect from the first identified touch on. `name_sort`, `name_key`, `email_key` and `company_key` are computed.

    verdict is what somebody said about it; status says besides whether an opportunity came of it. converted_at is kept by those
    opportunities and has no version of its own. account and person are set when it is known whom it turns out to be. The touches are
    kept as they came in and never written over by Tenure.
    """

    fence_account = "account_id"
    owner_path = "owner_id"

    name = models.TextField(_("Name"), blank=True, default="")
    name_sort = models.TextField(db_collation="C", editable=False)
    name_key = models.TextField(db_collation="C", editable=False, default="")
    email = models.TextField(_("E-mail"), blank=True, default="")
    email_key = models.TextField(blank=True, default="", db_collation="C", editable=False)
    phone = models.TextField(_("Phone"), blank=True, default="")
    title = models.TextField(_("Title"), blank=True, default="")
    company = models.TextField(_("Company"), blank=True, default="")
    company_key = models.TextField(blank=True, default="", db_collation="C", editable=False)
    country = models.TextField(_("Country"), blank=True, default="", db_collation="C")
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
        verbose_name=_("Person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    channel = models.ForeignKey(
        "market.Channel",
        verbose_name=_("Channel"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    persona = models.TextField(_("Persona"), blank=True, default="", db_collation="C")
    segment = models.ForeignKey(
        "directory.Segment",
        verbose_name=_("Segment"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    owner = models.ForeignKey(
        "workspace.Member",
        verbose_name=_("Owner"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    first_contact_at = models.DateTimeField(_("First contact"))
    landing_page = models.TextField(_("Landing page"), blank=True, default="", db_collation="C")
    first_source = models.TextField(_("First touch: source"), blank=True, default="", db_collation="C")
    first_medium = models.TextField(_("First touch: medium"), blank=True, default="", db_collation="C")
    first_campaign = models.TextField(_("First touch: campaign"), blank=True, default="", db_collation="C")
    first_term = models.TextField(_("First touch: term"), blank=True, default="")
    first_content = models.TextField(_("First touch: content"), blank=True, default="")
    first_click_id = models.TextField(_("First touch: click id"), blank=True, default="")
    last_source = models.TextField(_("Last touch: source"), blank=True, default="", db_collation="C")
    last_medium = models.TextField(_("Last touch: medium"), blank=True, default="", db_collation="C")
    last_campaign = models.TextField(_("Last touch: campaign"), blank=True, default="", db_collation="C")
    last_term = models.TextField(_("Last touch: term"), blank=True, default="")
    last_content = models.TextField(_("Last touch: content"), blank=True, default="")
    last_click_id = models.TextField(_("Last touch: click id"), blank=True, default="")
    verdict = models.TextField(_("Status"), choices=LeadStatus, default=LeadStatus.NEW, db_collation="C")
    status = models.TextField(_("Status"), choices=LeadStatus, default=LeadStatus.NEW, db_collation="C", editable=False)
    qualified_at = models.DateTimeField(_("Qualified"), null=True, blank=True)
    disqualified_at = models.DateTimeField(_("Disqualified"), null=True, blank=True)
    converted_at = models.DateTimeField(_("Converted"), null=True, blank=True)
    lost_reason = models.TextField(_("Reason"), blank=True, default="", db_collation="C")
    score = models.IntegerField(_("Score"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "external_id"], name="lead_external_id", condition=LIVING & ~Q(external_id="")
            ),
            models.CheckConstraint(condition=Q(verdict__in=LeadStatus.values, status__in=LeadStatus.values), name="lead_status"),
            models.CheckConstraint(
                condition=~Q(verdict=LeadStatus.DISQUALIFIED) | Q(disqualified_at__isnull=False), name="lead_disqualified_when"
            ),
        ]
        indexes: ClassVar = [
            living_index("lead_id", "id"),
            living_index("lead_name", "name_sort", "id"),
            living_index("lead_updated", "updated_at", "id"),
            living_index("lead_first_contact", "first_contact_at", "id"),
            living_index("lead_score", "score", "id", condition=Q(score__isnull=False)),
            living_index("lead_qualified", "qualified_at", "id", condition=Q(qualified_at__isnull=False)),
            living_index("lead_converted", "converted_at", "id", condition=Q(converted_at__isnull=False)),
            living_index("lead_status", "status", "first_contact_at"),
            living_index("lead_channel", "channel", "first_contact_at"),
            living_index("lead_owner", "owner", "id"),
            living_index("lead_segment", "segment", "id"),
            living_index("lead_persona", "persona", "id", condition=~Q(persona="")),
            living_index("lead_lost_reason", "lost_reason", "id", condition=~Q(lost_reason="")),
            living_index("lead_account", "account", "id", condition=Q(account__isnull=False)),
            living_index("lead_email_key", "email_key", condition=~Q(email_key="")),
            living_index("lead_name_key", "name_key", condition=~Q(name_key="")),
            living_index("lead_company_key", "company_key", condition=~Q(company_key="")),
        ]

    def __str__(self) -> str:
        """Who it is, as far as one knows."""
        return self.name or self.company or self.email or self.external_id or str(_("Unnamed lead"))

    @property
    def is_open(self) -> bool:
        """Whether it is neither given up nor an opportunity yet."""
        return self.status in {LeadStatus.NEW, LeadStatus.QUALIFIED}

    def touches(self) -> dict[str, list[str]]:
        """First and last touch as they came in, source, medium, campaign, term, content and click id each."""
        parts = ("source", "medium", "campaign", "term", "content", "click_id")
        return {end: [getattr(self, f"{end}_{part}") for part in parts] for end in ("first", "last")}
