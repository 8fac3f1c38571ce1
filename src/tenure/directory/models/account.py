"""Accounts: the companies and individuals a workspace sells to, in a tree."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.directory.enums import AccountKind, Stage, TeamRole
from tenure.directory.models.living import LIVING, living_index
from tenure.workspace.models.base import Record, Scoped


class Account(Record):
    """A company or an individual. `name_sort`, `name_key` and `domain_key` are computed (domain/keys.py, kernel/collation.py).

    stage, arr_minor, renews_on and last_contact_at are kept by projections of ledgers; they have no version of their own.
    """

    fence_account = "id"
    owner_path = "owner_id"

    kind = models.CharField(_("Kind"), max_length=10, choices=AccountKind, default=AccountKind.COMPANY)
    name = models.TextField(_("Name"))
    name_sort = models.TextField(db_collation="C", editable=False)
    name_key = models.TextField(db_collation="C", editable=False)
    domain = models.TextField(_("Domain"), blank=True, default="")
    domain_key = models.TextField(blank=True, default="", db_collation="C", editable=False)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("Parent account"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
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
    industry = models.TextField(_("Industry"), blank=True, default="", db_collation="C")
    country = models.TextField(_("Country"), blank=True, default="", db_collation="C")
    city = models.TextField(_("City"), blank=True, default="")
    employees = models.IntegerField(_("Employees"), null=True, blank=True)
    description = models.TextField(_("Description"), blank=True, default="")
    came_from = models.TextField(_("Came from"), blank=True, default="", db_collation="C")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    stage = models.TextField(_("Stage"), choices=Stage, blank=True, default="", db_collation="C")
    arr_minor = models.BigIntegerField(_("ARR"), null=True, blank=True)
    renews_on = models.DateField(_("Renews"), null=True, blank=True)
    last_contact_at = models.DateTimeField(_("Last contact"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "external_id"], name="account_external_id", condition=LIVING & ~Q(external_id="")
            ),
            models.CheckConstraint(condition=Q(kind__in=AccountKind.values), name="account_kind"),
            models.CheckConstraint(condition=Q(stage__in=["", *Stage.values]), name="account_stage"),
            models.CheckConstraint(condition=Q(employees__isnull=True) | Q(employees__gte=0), name="account_employees"),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="account_not_own_parent"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["workspace", "external_id"],
                name="account_merged_id",
                condition=Q(merged_into__isnull=False) & ~Q(external_id=""),
            ),
            living_index("account_id", "id"),
            living_index("account_name", "name_sort", "id"),
            living_index("account_updated", "updated_at", "id"),
            living_index("account_arr", "arr_minor", "id", condition=Q(arr_minor__isnull=False)),
            living_index("account_employees", "employees", "id", condition=Q(employees__isnull=False)),
            living_index("account_renews", "renews_on", "id", condition=Q(renews_on__isnull=False)),
            living_index("account_created", "created_at", "id"),
            living_index("account_stage_arr", "stage", "arr_minor", "id"),
            living_index("account_stage_renews", "stage", "renews_on", "id", condition=Q(renews_on__isnull=False)),
            living_index("account_segment", "segment", "id"),
            living_index("account_owner", "owner", "id"),
            living_index("account_country", "country", "id"),
            living_index("account_industry", "industry", "id"),
            living_index("account_name_key", "name_key"),
            living_index("account_domain_key", "domain_key", condition=~Q(domain_key="")),
            living_index("account_parent", "parent", condition=Q(parent__isnull=False)),
        ]

    def __str__(self) -> str:
        """The account's name."""
        return self.name

    @property
    def initials(self) -> str:
        """Up to two letters that stand for the account."""
        words = self.name.split()
        return ("".join(word[0] for word in words[:2]) if words and words[0].isascii() else self.name[:1]).upper()


class AccountTag(Scoped):
    """A word somebody put on an account."""

    fence_account = "account_id"

    id = None  # type: ignore[assignment]
    pk = models.CompositePrimaryKey("workspace_id", "tag", "account_id")
    # No constraint: tags are written with their account, by its own hooks alone.
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    tag = models.TextField(db_collation="C")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "account"], name="account_tag_account")]

    def __str__(self) -> str:
        """The tag."""
        return self.tag


class AccountTeam(Scoped):
    """Who besides the owner is on an account, in which role."""

    fence_account = "account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+", db_index=False)
    role = models.TextField(choices=TeamRole, db_collation="C")
    member = models.ForeignKey("workspace.Member", on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "account", "role"], name="account_team_role"),
            models.CheckConstraint(condition=Q(role__in=TeamRole.values), name="account_team_role_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["workspace", "member", "account"], name="account_team_member")]

    def __str__(self) -> str:
        """The role and the member."""
        return f"{self.role}: {self.member_id}"


class AccountToken(Scoped):
    """A word of an account's name, for search as one types and for duplicates."""

    fence_account = "account_id"

    id = None  # type: ignore[assignment]
    pk = models.CompositePrimaryKey("workspace_id", "token", "account_id")
    # No constraint: words are written with their account, by its own hooks alone.
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    token = models.TextField(db_collation="C")

    def __str__(self) -> str:
        """The word."""
        return self.token
