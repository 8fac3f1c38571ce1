"""Import runs: the files of one piece of work, how each is read, how far it has come, and the rows put aside.

Rule: imports/README.md.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.workspace.enums import ChangeSetState, ImportPhase, ImportState, PutAside
from tenure.workspace.models.base import Scoped
from tenure.workspace.models.change_set import ChangeSet
from tenure.workspace.models.stored_file import StoredFile


class ImportRun(Scoped):
    """One import: draft until it is started, then its change set tells how it stands."""

    title = models.TextField(_("What"), blank=True, default="")
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.DRAFT)
    change_set = models.OneToOneField(ChangeSet, on_delete=models.PROTECT, null=True, related_name="+")
    saved = models.ForeignKey("workspace.SavedImport", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    attempt = models.IntegerField(default=0)
    preview = models.JSONField(null=True)
    message = models.TextField(blank=True, default="")
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    actor_name = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "-created_at", "-id"], name="import_run_created"),
            models.Index(fields=["workspace", "saved", "-id"], name="import_run_saved", condition=models.Q(saved__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=ImportState.values), name="import_run_state"),
        ]

    def __str__(self) -> str:
        """What is imported."""
        return self.title

    @property
    def is_started(self) -> bool:
        """Whether rows may have been written."""
        return self.change_set_id is not None

    @property
    def can_resume(self) -> bool:
        """Whether it stopped before its end (a stale heartbeat counts as stopped: ChangeSet.standing)."""
        return self.change_set is not None and self.change_set.standing == ChangeSetState.INTERRUPTED


class ImportFile(Scoped):
    """One file of a run. Counts and `row_done` (the last row of the file that is settled) are committed with the rows they count.

    repeated: the rows that stand twice, as the preview found them (imports/repeats.py); None where nobody knows.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="+", db_index=False)
    position = models.SmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", db_index=False)
    record = models.TextField(db_collation="C")
    plan = models.JSONField(default=dict)
    dialect = models.JSONField(default=dict)
    profile = models.JSONField(default=dict)
    repeated = models.JSONField(null=True)
    phase = models.CharField(max_length=8, choices=ImportPhase, default=ImportPhase.ROWS)
    rows = models.IntegerField(null=True)
    row_done = models.IntegerField(default=0)
    read = models.IntegerField(default=0)
    waiting = models.IntegerField(default=0)
    created = models.IntegerField(default=0)
    updated = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    skipped = models.IntegerField(default=0)
    failed = models.IntegerField(default=0)
    skips = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "run", "position"], name="import_file_position"),
            models.CheckConstraint(condition=models.Q(phase__in=ImportPhase.values), name="import_file_phase"),
        ]

    def __str__(self) -> str:
        """The file's name."""
        return str(self.file)

    @property
    def settled(self) -> int:
        """Rows that were read and came to an end, one way or another."""
        return self.created + self.updated + self.unchanged + self.skipped + self.failed


class ImportRow(Scoped):
    """A row put aside: faulty, or waiting for a record that it refers to. `problems` are faults as plain values (imports/draft.py)."""

    id = None  # type: ignore[assignment]
    pk = models.CompositePrimaryKey("workspace_id", "import_file_id", "row")
    import_file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="+", db_index=False)
    row = models.IntegerField()
    why = models.CharField(max_length=8, choices=PutAside)
    cells = models.JSONField()
    problems = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "import_file", "why", "row"], name="import_row_why")]
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(why__in=PutAside.values), name="import_row_why_known")]

    def __str__(self) -> str:
        """The row's number in its file."""
        return str(self.row)
