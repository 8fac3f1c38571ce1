"""People: who somebody is, in which account, and what they are to a decision."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tenure.directory.enums import ChainRole
from tenure.directory.models.living import LIVING, living_index
from tenure.workspace.models.base import Record, Scoped


class Person(Record):
    """Somebody in an account, or not yet in one. `name_sort`, `name_key` and `email_key` are computed (domain/keys.py).

    erased_at: when their personal data were taken out for good; what hangs on them stays, without a name.
    """

    fence_account = "account_id"
    owner_path = "account__owner_id"

    account = models.ForeignKey(
        "directory.Account",
        verbose_name=_("Account"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    name = models.TextField(_("Name"))
    name_sort = models.TextField(db_collation="C", editable=False)
    name_key = models.TextField(db_collation="C", editable=False)
    email = models.TextField(_("E-mail"), blank=True, default="")
    email_key = models.TextField(blank=True, default="", db_collation="C", editable=False)
    phone = models.TextField(_("Phone"), blank=True, default="")
    title = models.TextField(_("Title"), blank=True, default="")
    role = models.TextField(_("Role in the decision"), choices=ChainRole, blank=True, default="", db_collation="C")
    persona = models.TextField(_("Persona"), blank=True, default="", db_collation="C")
    language = models.TextField(_("Language"), blank=True, default="", db_collation="C")
    is_main = models.BooleanField(_("Main contact"), default=False)
    left_on = models.DateField(_("Left on"), null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "external_id"], name="person_external_id", condition=LIVING & ~Q(external_id="")
            ),
            models.UniqueConstraint(fields=["workspace", "account"], name="person_main", condition=LIVING & Q(is_main=True)),
            models.CheckConstraint(condition=Q(role__in=["", *ChainRole.values]), name="person_role"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["workspace", "external_id"],
                name="person_merged_id",
                condition=Q(merged_into__isnull=False) & ~Q(external_id=""),
            ),
            living_index("person_id", "id"),
            living_index("person_name", "name_sort", "id"),
            living_index("person_updated", "updated_at", "id"),
            living_index("person_account", "account", "name_sort"),
            living_index("person_email_key", "email_key", condition=~Q(email_key="")),
            living_index("person_name_key", "name_key"),
            living_index("person_role", "role", "id", condition=~Q(role="")),
            living_index("person_persona", "persona", "id", condition=~Q(persona="")),
            living_index("person_left", "left_on", "id", condition=Q(left_on__isnull=False)),
        ]

    def __str__(self) -> str:
        """The person's name."""
        return self.name

    @property
    def has_left(self) -> bool:
        """Whether they work there no more."""
        return self.left_on is not None

    @property
    def main_word(self) -> str:
        """Whether they are the main contact, in a word."""
        return gettext("Yes") if self.is_main else ""

    @property
    def language_name(self) -> str:
        """The language they are written to in, by name."""
        return str(dict(settings.LANGUAGES).get(self.language, self.language))


class PersonToken(Scoped):
    """A word of a person's name, for search as one types."""

    fence_account = "account_id"

    id = None  # type: ignore[assignment]
    pk = models.CompositePrimaryKey("workspace_id", "token", "person_id")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    token = models.TextField(db_collation="C")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "person"], name="person_token_person")]

    def __str__(self) -> str:
        """The word."""
        return self.token
