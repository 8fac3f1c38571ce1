"""What every row of a workspace has: a key, a workspace, a fence; and what every business record has besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.kernel.ids import uuid7
from tenure.workspace import any_of  # noqa: F401 - makes the look-up known
from tenure.workspace.scope import current_scope

if TYPE_CHECKING:
    from tenure.workspace.models.change_set import ChangeSet


class ScopedQuerySet(models.QuerySet[Any]):
    """A queryset over rows of the current scope."""


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """Rows of the current scope only; raises OutsideScope where no scope is entered."""

    def get_queryset(self) -> ScopedQuerySet:
        """Rows of the scope's workspace, and of its accounts where the scope names some."""
        scope = current_scope()
        rows = super().get_queryset().filter(**{self.model.workspace_path: scope.workspace_id})
        if scope.accounts is not None and self.model.fence_account:
            rows = rows.filter(**{f"{self.model.fence_account}__in": scope.accounts})
        return rows


class LivingManager(ScopedManager):
    """Rows of the current scope that are neither deleted nor merged away."""

    def get_queryset(self) -> ScopedQuerySet:
        """Living rows of the scope."""
        return super().get_queryset().filter(deleted_at__isnull=True)


class Scoped(models.Model):
    """A row of one workspace. `fence_account` names the column that says whose customer it belongs to."""

    fence_workspace: ClassVar[str] = "workspace_id"
    workspace_path: ClassVar[str] = "workspace_id"
    fence_account: ClassVar[str | None] = None
    fence_shared: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # No constraint: the fence lets no row into another workspace than the transaction's own, and a check of each row costs as much as the row.
    workspace = models.ForeignKey(
        "workspace.Workspace", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )

    objects: ClassVar[ScopedManager] = ScopedManager()

    class Meta:
        abstract = True

    def refreshed(self) -> Self:
        """The row as the database has it now."""
        return type(self)._base_manager.get(pk=self.pk)


class Record(Scoped):
    """A business record: versioned, soft-deleted so that every deletion can be undone, known to other systems by external id."""

    external_id = models.TextField(_("External id"), blank=True, default="", db_collation="C")
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(_("Created"))
    updated_at = models.DateTimeField(_("Last change"))
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ScopedManager] = LivingManager()
    everything: ClassVar[ScopedManager] = ScopedManager()
    # The change set of the edit just made, for the undo that is offered with it.
    last_change_set: ChangeSet | None = None

    class Meta:
        abstract = True

    @property
    def is_deleted(self) -> bool:
        """Whether the row was deleted (it can come back by undo)."""
        return self.deleted_at is not None
