"""Lists: one description of a record's columns serves its page, its API, its export, its saved views and its bulk work."""

from tenure.workspace.lists.columns import Choice, Column, ColumnKind
from tenure.workspace.lists.fetch import Page, capped_count, fetch_page, selection
from tenure.workspace.lists.spec import ListSpec, list_specs, register_list
from tenure.workspace.lists.state import ListState

__all__ = [
    "Choice",
    "Column",
    "ColumnKind",
    "ListSpec",
    "ListState",
    "Page",
    "capped_count",
    "fetch_page",
    "list_specs",
    "register_list",
    "selection",
]
