"""Tasks: what somebody is to do, for an account or not. The only task table: later rooms ask for tasks here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tenure.directory.models.living import LIVING, living_index
from tenure.workspace.models.base import Record


class Task(Record):
    """Open until `done_at`. asked_by: kind and id of what asked for it; key: so that it is asked for once."""

    fence_account = "account_id"
    owner_path = "assignee_id"

    title = models.TextField(_("Task"))
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
    assignee = models.ForeignKey(
        "workspace.Member",
        verbose_name=_("Who"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    due_on = models.DateField(_("Due"), null=True, blank=True)
    remind_on = models.DateField(_("Remind me on"), null=True, blank=True)
    done_at = models.DateTimeField(_("Done"), null=True, blank=True)
    done_by = models.ForeignKey(
        "workspace.Member", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    asked_by_kind = models.TextField(blank=True, default="", db_collation="C")
    asked_by_id = models.UUIDField(null=True, blank=True)
    asked_by = models.TextField(_("Asked for by"), blank=True, default="")
    key = models.TextField(blank=True, default="", db_collation="C")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "external_id"], name="task_external_id", condition=LIVING & ~Q(external_id="")
            ),
            models.UniqueConstraint(fields=["workspace", "key"], name="task_key", condition=~Q(key="")),
        ]
        indexes: ClassVar = [
            living_index("task_assignee_due", "assignee", "due_on", condition=Q(done_at__isnull=True)),
            living_index("task_account", "account", "due_on", condition=Q(account__isnull=False)),
            living_index("task_due", "due_on", "id", condition=Q(due_on__isnull=False)),
            living_index("task_updated", "updated_at", "id"),
            living_index("task_id", "id"),
            living_index("task_person", "person", condition=Q(person__isnull=False)),
        ]

    def __str__(self) -> str:
        """What is to be done."""
        return self.title

    @property
    def is_done(self) -> bool:
        """Whether it is done."""
        return self.done_at is not None

    @property
    def state_word(self) -> str:
        """Open or done, in a word."""
        return gettext("Done") if self.is_done else gettext("Open")
