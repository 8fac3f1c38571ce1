"""The record type of an account's files. Their bytes come by upload only, so they cannot be imported."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tenure.directory.events import FileAdded, FileChanged, FileDeleted, FileRestored
from tenure.directory.models import AccountFile
from tenure.workspace.models import StoredFile
from tenure.workspace.records import FieldKind, RecordEvents, RecordField, RecordType

if TYPE_CHECKING:
    from tenure.workspace.context import Context


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

    def written(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """The bytes belong to whom the file belongs to."""
        del ctx
        if names is not None and "account" in names:
            accounts: dict[UUID, list[UUID]] = {}
            for row in rows:
                accounts.setdefault(row.account_id, []).append(row.file_id)
            for account_id, files in accounts.items():
                StoredFile.objects.filter(pk__in=files).update(account_id=account_id)


ACCOUNT_FILE = AccountFileRecord()
