"""The lists of the directory room: columns, filters, sorts and search, for pages, API and exports alike. One file a list."""

from tenure.directory.lists.accounts import ACCOUNTS, member_choices
from tenure.directory.lists.people import PEOPLE
from tenure.directory.lists.tasks import TASKS

__all__ = ["ACCOUNTS", "PEOPLE", "TASKS", "member_choices"]
