"""The closed lists of the workspace room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class Excess(models.TextChoices):
    """In what a grant would give more than the one it comes from."""

    PERMISSIONS = "permissions", _("permissions you cannot hand on")
    SCOPE = "scope", _("records outside of yours")
    EXPIRY = "expiry", _("a longer time than yours")
    DELEGATION = "delegation", _("handing on further than you may")


class LinkState(models.TextChoices):
    """Whether one link of a chain of grants holds, else what broke it."""

    LIVE = "live", _("Live")
    REVOKED = "revoked", _("Revoked")
    SUSPENDED = "suspended", _("Suspended: its account moved out of reach")
    NOT_BEGUN = "not_begun", _("Not begun yet")
    EXPIRED = "expired", _("Expired")
    HOLDER_INVITED = "holder_invited", _("Its holder has not accepted the invitation yet")
    HOLDER_SUSPENDED = "holder_suspended", _("Its holder is suspended")
    HOLDER_LEFT = "holder_left", _("Its holder has left")
    KEY_REVOKED = "key_revoked", _("The API key is revoked")
    KEY_EXPIRED = "key_expired", _("The API key has expired")


class MissingLink(models.TextChoices):
    """Why somebody may not do something, by how near they came."""

    BROKEN_CHAIN = "broken_chain", _("A grant gives it, but its chain is broken")
    OTHER_PLACE = "other_place", _("A grant gives it, but for other records")
    NO_GRANT = "no_grant", _("No grant gives it")


class MemberState(models.TextChoices):
    """The life of a membership."""

    INVITED = "invited", _("Invited")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    LEFT = "left", _("Left")


class ChangeSetKind(models.TextChoices):
    """What kind of work a change set records."""

    IMPORT = "import", pgettext_lazy("kind of change", "Import")
    BULK_EDIT = "bulk_edit", pgettext_lazy("kind of change", "Bulk edit")
    BULK_DELETE = "bulk_delete", pgettext_lazy("kind of change", "Bulk delete")
    MERGE = "merge", pgettext_lazy("kind of change", "Merge")
    EDIT = "edit", pgettext_lazy("kind of change", "Edit")


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
    KEPT_CONFLICT = "kept_conflict", _("Kept: a rule stands against it")
    KEPT_OUTSIDE = "kept_outside", _("Kept: outside your reach")
    REVERSED = "reversed", _("Reversed by a later entry")


class ImportState(models.TextChoices):
    """The life of an import before its change set exists, and the sign that it does."""

    READING = "reading", _("Files are being read")
    DRAFT = "draft", _("Draft")
    PREVIEWING = "previewing", _("Preview under way")
    READY = "ready", _("Ready to import")
    STARTED = "started", _("Started")


class ImportPhase(models.TextChoices):
    """How far one file of an import is."""

    ROWS = "rows", _("Reading rows")
    WAITING = "waiting", _("Settling references")
    DONE = "done", _("Done")


class PutAside(models.TextChoices):
    """Why a row of an import was put aside."""

    FAULTY = "faulty", _("Faulty")
    WAITING = "waiting", _("Waiting for a record it refers to")


class ImportSource(models.TextChoices):
    """Where a saved import takes its files from."""

    NONE = "none", _("Given by hand")
    FOLDER = "folder", _("Watched folder")
    URL = "url", _("Web address")


class CustomKind(models.TextChoices):
    """What a custom field holds."""

    TEXT = "text", _("Text")
    LONG_TEXT = "long_text", _("Long text")
    INTEGER = "integer", _("Whole number")
    DECIMAL = "decimal", _("Number")
    MONEY = "money", _("Money")
    DATE = "date", _("Date")
    INSTANT = "instant", _("Date and time")
    BOOLEAN = "boolean", _("Yes or no")
    CHOICE = "choice", _("Choice")
    CHOICES = "choices", _("Several choices")
    EMAIL = "email", _("E-mail")
    LINK = "link", _("Link")
    MEMBER = "member", _("Member")
    ACCOUNT = "account", _("Account")
    PERSON = "person", _("Person")


class MailKind(models.TextChoices):
    """What a mail is for."""

    INVITATION = "invitation", _("Invitation")
    NOTIFICATION = "notification", _("Notification")


class MailState(models.TextChoices):
    """How far a mail has come. Kept: there is no mail server; it is there to be copied."""

    KEPT = "kept", _("Not sent")
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")


class NotifyBy(models.TextChoices):
    """How a member is told."""

    PAGE = "page", _("In Tenure only")
    MAIL = "mail", _("In Tenure and by mail")
