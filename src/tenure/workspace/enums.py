"""The closed lists of the workspace room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActorKind(models.TextChoices):
    """Who did something."""

    MEMBER = "member", _("Member")
    API_KEY = "api_key", _("API key")
    SYSTEM = "system", _("Tenure")


class GranteeKind(models.TextChoices):
    """Who can hold a grant."""

    MEMBER = "member", _("Member")
    API_KEY = "api_key", _("API key")


class GrantScope(models.TextChoices):
    """How far a grant reaches."""

    WORKSPACE = "workspace", _("Whole workspace")
    SUBTREE = "subtree", _("An account and all below it")
    OWN = "own", _("Only what they own")


class MemberState(models.TextChoices):
    """The life of a membership."""

    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    LEFT = "left", _("Left")


class ChangeSetKind(models.TextChoices):
    """What kind of work a change set records."""

    IMPORT = "import", _("Import")
    BULK_EDIT = "bulk_edit", _("Bulk edit")
    BULK_DELETE = "bulk_delete", _("Bulk delete")
    MERGE = "merge", _("Merge")
    EDIT = "edit", _("Edit")


class ChangeSetState(models.TextChoices):
    """The life of a change set."""

    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    INTERRUPTED = "interrupted", _("Interrupted")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


class ChangeKind(models.TextChoices):
    """What a change set did to one row."""

    CREATED = "created", _("Created")
    UPDATED = "updated", _("Updated")
    DELETED = "deleted", _("Deleted")
    FACT = "fact", _("Recorded")


class UndoOutcome(models.TextChoices):
    """What became of a row when its change set was undone."""

    RESTORED = "restored", _("Restored")
    KEPT_CHANGED = "kept_changed", _("Kept: changed since")
    KEPT_REFERRED = "kept_referred", _("Kept: other records refer to it")
    REVERSED = "reversed", _("Reversed by a later entry")
