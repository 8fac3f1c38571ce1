"""What a stage of somebody's pipeline means, told by its name."""

from __future__ import annotations

from tenure.directory.domain.keys import name_key
from tenure.sales.enums import Outcome

_WON = frozenset(
    {"won", "closed won", "closedwon", "ganado", "ganada", "cerrado ganado", "cierre ganado", "赢单", "已赢单", "成交"}
)
_LOST = frozenset(
    {
        "lost",
        "closed lost",
        "closedlost",
        "perdido",
        "perdida",
        "cerrado perdido",
        "cierre perdido",
        "输单",
        "已输单",
        "丢单",
        "abandoned",
        "disqualified",
    }
)


def meaning_of_name(name: str) -> Outcome:
    """Won or lost where the name says so in English, Spanish or Chinese, else open."""
    key = name_key(name)
    return Outcome.WON if key in _WON else Outcome.LOST if key in _LOST else Outcome.OPEN
