"""What the events of a window say about who is who: groups, users, who belongs to what. A fixed number of queries to the event store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tenure.directory.domain.traits import Said, read_group, read_user
from tenure.stream.actions.settle_ties import Lead
from tenure.stream.readers import Window
from tenure.stream.store.client import event_store

if TYPE_CHECKING:
    from collections.abc import Sequence

# Events of one part of a window: a bound on what is held in memory.
PART_EVENTS = 200_000
_IN_WINDOW = "FROM events WHERE workspace = {workspace:UUID} AND seq > {after:UInt64} AND seq <= {upto:UInt64}"
_BLOCKS = f"SELECT seq, count() {_IN_WINDOW} GROUP BY seq ORDER BY seq"
# The store's copy of the ties leaves out who is known already, so that only news travels; where it lags, more is asked of PostgreSQL.
_KNOWN = "(SELECT subject FROM ties WHERE workspace = {workspace:UUID})"
_TIED = """(SELECT subject FROM ties FINAL WHERE workspace = {workspace:UUID} AND account != toUUID('00000000-0000-0000-0000-000000000000'))"""
_GROUPS = f"SELECT DISTINCT group_id {_IN_WINDOW} AND group_id != '' AND concat('g:', group_id) NOT IN {_KNOWN}"
_USERS = f"SELECT DISTINCT user_id {_IN_WINDOW} AND user_id != '' AND concat('u:', user_id) NOT IN {_KNOWN}"
_GROUP_TRAITS = (
    f"SELECT group_id, argMax(properties, time) {_IN_WINDOW} AND name = '$group' AND properties != '{{}}' GROUP BY group_id"
)
_USER_TRAITS = f"""
SELECT user_id, argMax(properties, time), max(time) {_IN_WINDOW} AND name = '$identify' AND user_id != '' AND properties != '{{}}'
GROUP BY user_id
"""
# Where a user said another group than just before: each turn, not each event.
_TURNS = f"""
SELECT user_id, group_id, time FROM (
  SELECT user_id, group_id, time,
    lagInFrame(group_id, 1, '') OVER (PARTITION BY user_id ORDER BY time, seq, idx ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before
  {_IN_WINDOW} AND name IN ('$group', '$identify') AND group_id != '' AND user_id != ''
) WHERE group_id != before
"""  # noqa: S608 - put together from constants
_FIRST_GROUPS = f"""
SELECT user_id, argMin(group_id, time), min(time) {_IN_WINDOW} AND group_id != '' AND user_id != '' AND concat('u:', user_id) NOT IN {_TIED}
GROUP BY user_id
"""
_VISITORS = f"""
SELECT anonymous_id, user_id, min(time) {_IN_WINDOW} AND anonymous_id != '' AND user_id != '' GROUP BY anonymous_id, user_id
"""


@dataclass(slots=True)
class Told:
    """What was said: of groups and users by subject, whom users and visitors follow. first_groups: of users that never said their group."""

    said: dict[str, Said] = field(default_factory=dict)
    leads: list[Lead] = field(default_factory=list)
    first_groups: list[Lead] = field(default_factory=list)


def parts_of(window: Window) -> Iterator[Window]:
    """The window in parts of whole blocks, of about 200,000 events each."""
    after, held = window.after, 0
    blocks = event_store().rows(_BLOCKS, **window.parameters)
    for seq, count in blocks:
        if held and held + count > PART_EVENTS:
            yield Window(window.workspace_id, after, seq - 1)
            after, held = seq - 1, 0
        held += count
    if blocks:
        yield Window(window.workspace_id, after, window.upto)


def read_told(window: Window) -> Told:
    """What the events of this window say. Raises StoreUnavailable."""
    told = Told()

    def rows(sql: str) -> Sequence[tuple[Any, ...]]:
        return event_store().rows(sql, **window.parameters)

    group_traits = dict(rows(_GROUP_TRAITS))
    told.said = {f"g:{group}": read_group(group, group_traits.get(group, "")) for (group,) in rows(_GROUPS)}
    told.said |= {f"u:{user}": read_user(user, "") for (user,) in rows(_USERS)}
    # What was said again of a known group is news only where its traits are.
    told.said |= {f"g:{group}": read_group(group, traits) for group, traits in group_traits.items()}
    for user, traits, at in rows(_USER_TRAITS):
        said = told.said[f"u:{user}"] = read_user(user, traits)
        if said.group_id:
            told.said.setdefault(
                f"g:{said.group_id}", Said(external_id=said.group_id, domain=said.group_domain, name=said.group_name)
            )
            told.leads.append(Lead(f"u:{user}", f"g:{said.group_id}", _aware(at)))
    told.leads += [Lead(f"u:{user}", f"g:{group}", _aware(at)) for user, group, at in rows(_TURNS)]
    told.leads += [Lead(f"a:{visitor}", f"u:{user}", _aware(at)) for visitor, user, at in rows(_VISITORS)]
    told.first_groups = [Lead(f"u:{user}", f"g:{group}", _aware(at)) for user, group, at in rows(_FIRST_GROUPS)]
    return told


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
