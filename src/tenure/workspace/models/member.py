"""A member: a user's place in one workspace, with the language and formats they read in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.workspace.enums import MemberState, NotifyBy
from tenure.workspace.models.base import Scoped


class Member(Scoped):
    """Staff of the workspace. A member who left keeps the row: records still name them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("Name"), max_length=120)
    email = models.EmailField(_("E-mail"), max_length=254)
    state = models.CharField(max_length=10, choices=MemberState, default=MemberState.ACTIVE)
    team = models.TextField(_("Team"), blank=True, default="")
    language = models.CharField(_("Language"), max_length=10, blank=True, default="")
    zone = models.CharField(_("Time zone"), max_length=64, blank=True, default="")
    number_format = models.CharField(_("Number format"), max_length=10, blank=True, default="")
    theme = models.CharField(_("Theme"), max_length=6, blank=True, default="")
    notify_by = models.CharField(_("Notifications"), max_length=4, choices=NotifyBy, default=NotifyBy.PAGE)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "user"], name="member_user_unique"),
            models.UniqueConstraint(fields=["workspace", "email"], name="member_email_unique"),
            models.CheckConstraint(condition=models.Q(state__in=MemberState.values), name="member_state"),
            models.CheckConstraint(condition=models.Q(notify_by__in=NotifyBy.values), name="member_notify_by"),
        ]

    def __str__(self) -> str:
        """The member's name."""
        return self.name

    @property
    def initials(self) -> str:
        """Up to two letters for the avatar."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @property
    def is_here(self) -> bool:
        """Whether the member works here, suspended or not."""
        return self.state in {MemberState.ACTIVE, MemberState.SUSPENDED}

    @property
    def is_active(self) -> bool:
        """Whether the member may act."""
        return self.state == MemberState.ACTIVE
