"""Records: what a room says once about a kind of record, so that pages, API, import, bulk work and undo all write it alike."""

from tenure.workspace.records.fields import FieldKind, RecordField
from tenure.workspace.records.log import ChangeLog
from tenure.workspace.records.narrow import Refused, narrow
from tenure.workspace.records.types import RecordEvents, RecordType, record_types, referring_columns, register_record
from tenure.workspace.records.write import (
    Change,
    delete_records,
    guard_external_id,
    insert_records,
    restore_records,
    update_records,
)

__all__ = [
    "Change",
    "ChangeLog",
    "FieldKind",
    "RecordEvents",
    "RecordField",
    "RecordType",
    "Refused",
    "delete_records",
    "guard_external_id",
    "insert_records",
    "narrow",
    "record_types",
    "referring_columns",
    "register_record",
    "restore_records",
    "update_records",
]
