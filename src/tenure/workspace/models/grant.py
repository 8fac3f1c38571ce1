"""Rights: grants that only narrow as they are handed on, and roles as their templates."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.workspace.enums import GranteeKind, GrantScope
from tenure.workspace.models.base import Scoped


class Role(Scoped):
    """A named set of permission patterns that grants are made from."""

    name = models.CharField(_("Name"), max_length=60)
    description = models.TextField(_("Description"), blank=True, default="")
    permissions = ArrayField(models.TextField(), default=list)
    is_builtin = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "name"], name="role_name_unique")]

    def __str__(self) -> str:
        """The role's name."""
        return self.name


class Grant(Scoped):
    """`grantee` may do `permissions` within `scope`, because `parent` says so. Narrowing is checked by a trigger too.

    A grant is live where it and every grant above it is neither revoked nor suspended, has begun, has not expired, and is held by
    an active member or a valid key. It is never changed, only revoked, suspended, or cut anew by its role (queries/grants.sql).
    `grantor_id` is whoever handed it on, member or key: the holder of `parent` at that time.
    """

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    grantor_id = models.UUIDField(null=True, blank=True)
    grantee_kind = models.CharField(max_length=10, choices=GranteeKind)
    grantee_id = models.UUIDField()
    role = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    permissions = ArrayField(models.TextField(), default=list)
    scope = models.CharField(max_length=10, choices=GrantScope, default=GrantScope.WORKSPACE)
    scope_account_id = models.UUIDField(null=True, blank=True)
    may_delegate = models.SmallIntegerField(_("May be handed on, levels"), default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(_("Expires"), null=True, blank=True)
    reason = models.TextField(_("Reason"), blank=True, default="")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "grantee_id"], name="grant_grantee"),
            models.Index(fields=["workspace", "parent"], name="grant_parent"),
            models.Index(
                fields=["workspace", "scope_account_id"], name="grant_scope_account", condition=models.Q(scope=GrantScope.SUBTREE)
            ),
            models.Index(fields=["workspace", "role"], name="grant_role", condition=models.Q(role__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(may_delegate__gte=0), name="grant_may_delegate"),
            models.CheckConstraint(condition=models.Q(scope__in=GrantScope.values), name="grant_scope"),
            models.CheckConstraint(
                condition=models.Q(scope=GrantScope.SUBTREE, scope_account_id__isnull=False)
                | (~models.Q(scope=GrantScope.SUBTREE) & models.Q(scope_account_id__isnull=True)),
                name="grant_scope_account",
            ),
        ]

    def __str__(self) -> str:
        """Who may do what, where."""
        return f"{self.grantee_kind} {self.grantee_id}: {', '.join(self.permissions)} ({self.scope})"
