"""Change sets: import, bulk edit, bulk delete, merge and their undo as one mechanism.

Rule: DESIGN.md, "Change sets".
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.kernel import clock
from tenure.workspace.enums import ChangeKind, ChangeSetKind, ChangeSetState, UndoOutcome
from tenure.workspace.models.base import Scoped

STALE_AFTER = timedelta(seconds=60)


class ChangeSet(Scoped):
    """One piece of bulk work: who, why, how far, and (in its rows) what it did, so that it can be undone.

    undone, kept: rows that undo took back and left. undo_below: the position of the rows it has settled last; lower ones are left to do.
    """

    kind = models.CharField(max_length=12, choices=ChangeSetKind)
    state = models.CharField(max_length=12, choices=ChangeSetState, default=ChangeSetState.RUNNING)
    title = models.TextField(_("What"), blank=True, default="")
    reason = models.TextField(_("Why"), blank=True, default="")
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    actor_name = models.TextField(blank=True, default="")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by_id = models.UUIDField(null=True)
    total = models.IntegerField(null=True)
    done = models.IntegerField(default=0)
    created = models.IntegerField(default=0)
    updated = models.IntegerField(default=0)
    deleted = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    skipped = models.IntegerField(default=0)
    failed = models.IntegerField(default=0)
    undone = models.IntegerField(default=0)
    kept = models.IntegerField(default=0)
    undo_below = models.IntegerField(null=True)
    cancel_requested = models.BooleanField(default=False)
    plan = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "-started_at", "-id"], name="change_set_started")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=ChangeSetKind.values), name="change_set_kind"),
            models.CheckConstraint(condition=models.Q(state__in=ChangeSetState.values), name="change_set_state"),
        ]

    def __str__(self) -> str:
        """What was done."""
        return self.title or str(self.get_kind_display())

    @property
    def is_running(self) -> bool:
        """Whether work is under way."""
        return self.state in {ChangeSetState.RUNNING, ChangeSetState.UNDOING}

    @property
    def is_stale(self) -> bool:
        """Whether it says that work is under way while nobody works on it any more."""
        last_seen = self.heartbeat_at or self.started_at
        return self.is_running and clock.now() - last_seen > STALE_AFTER

    @property
    def standing(self) -> str:
        """The state as it is to be shown: work whose process went away is interrupted."""
        return ChangeSetState.INTERRUPTED if self.is_stale and self.state == ChangeSetState.RUNNING else self.state


class ChangeRow(Scoped):
    """What a change set did to one row. `before` and `after` hold only the columns that changed, in JSON form.

    row_version: the row's version after it. stands_at: the version at which the row is again as this left it, later changes taken back.
    """

    id = None  # type: ignore[assignment]
    pk = models.CompositePrimaryKey("workspace_id", "change_set_id", "position")
    # No constraint: rows are written in the transaction that holds their change set, and none is ever deleted.
    change_set = models.ForeignKey(ChangeSet, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    position = models.IntegerField()
    record = models.TextField(db_collation="C")
    row_id = models.UUIDField()
    kind = models.CharField(max_length=8, choices=ChangeKind)
    row_version = models.IntegerField()
    stands_at = models.IntegerField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    outcome = models.CharField(max_length=14, choices=UndoOutcome, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "row_id", "change_set"], name="change_row_history")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=ChangeKind.values), name="change_row_kind"),
        ]

    @property
    def left_at(self) -> int:
        """The version at which the row is as this change left it."""
        return self.row_version if self.stands_at is None else self.stands_at

    def __str__(self) -> str:
        """Which row, and what happened to it."""
        return f"{self.record} {self.row_id}: {self.kind}"
