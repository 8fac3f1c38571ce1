"""The record types of the directory room: what imports, forms, API, bulk work and undo know about them. One file a record."""

from tenure.directory.records.account import ACCOUNT, load_tags, segment_choices
from tenure.directory.records.account_file import ACCOUNT_FILE
from tenure.directory.records.activity import ACTIVITY
from tenure.directory.records.note import NOTE
from tenure.directory.records.person import PERSON
from tenure.directory.records.task import TASK

__all__ = ["ACCOUNT", "ACCOUNT_FILE", "ACTIVITY", "NOTE", "PERSON", "TASK", "load_tags", "segment_choices"]
