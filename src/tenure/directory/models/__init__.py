"""Tables of the directory room, one file per aggregate."""

from tenure.directory.models.account import Account, AccountTag, AccountTeam, AccountToken
from tenure.directory.models.segment import Segment
from tenure.directory.models.turn import StageEntry, Turn

__all__ = ["Account", "AccountTag", "AccountTeam", "AccountToken", "Segment", "StageEntry", "Turn"]
