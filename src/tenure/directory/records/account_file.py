"""The record type of an account's files. Their bytes come by upload only, so they cannot be imported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from tenure.directory.events import FileAdded, FileChanged, FileDeleted, FileRestored
from tenure.directory.models import AccountFile
from tenure.workspace.records import FieldKind, RecordEvents, RecordField, RecordType


class AccountFileRecord(RecordType):
    """Files."""

    name = "file"
    label = _("File")
    label_plural = _("Files")
    icon = "paperclip"
    model = AccountFile
    is_importable = False
    events = RecordEvents(FileAdded, FileChanged, FileDeleted, FileRestored)
    view_permission = "directory.view"
    create_permission = "directory.add_file"
    change_permission = "directory.add_file"
    delete_permission = "directory.delete_file"
    belongs_to: ClassVar[dict[str, str]] = {"account": "account_id"}
    fields: ClassVar[Sequence[RecordField]] = (
        RecordField("name", _("Name"), is_required=True),
        RecordField("account", _("Account"), FieldKind.REFERENCE, column="account_id", references="account", is_required=True),
        RecordField("person", _("Person"), FieldKind.REFERENCE, column="person_id", references="person"),
    )


ACCOUNT_FILE = AccountFileRecord()
