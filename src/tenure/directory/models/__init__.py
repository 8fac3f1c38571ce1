"""Tables of the directory room, one file per aggregate."""

from tenure.directory.models.account import Account, AccountTag, AccountTeam, AccountToken
from tenure.directory.models.account_file import AccountFile
from tenure.directory.models.activity import Activity
from tenure.directory.models.custom import (
    AccountSlots,
    ActivitySlots,
    NoteSlots,
    PersonSlots,
    TaskSlots,
)
from tenure.directory.models.distinct_pair import DistinctPair
from tenure.directory.models.note import Note
from tenure.directory.models.person import Person, PersonToken
from tenure.directory.models.segment import Segment
from tenure.directory.models.task import Task
from tenure.directory.models.timeline import TimelineEntry
from tenure.directory.models.turn import StageEntry, Turn

__all__ = [
    "Account",
    "AccountFile",
    "AccountSlots",
    "AccountTag",
    "AccountTeam",
    "AccountToken",
    "Activity",
    "ActivitySlots",
    "DistinctPair",
    "Note",
    "NoteSlots",
    "Person",
    "PersonSlots",
    "PersonToken",
    "Segment",
    "StageEntry",
    "Task",
    "TaskSlots",
    "TimelineEntry",
    "Turn",
]
