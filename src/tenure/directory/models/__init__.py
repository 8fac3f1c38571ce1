"""Tables of the directory room, one file per aggregate."""

from tenure.directory.models.account import Account, AccountTag, AccountTeam, AccountToken
from tenure.directory.models.segment import Segment

__all__ = ["Account", "AccountTag", "AccountTeam", "AccountToken", "Segment"]
