"""The history of accounts, as far as milestones need it: read from the event store in one pass over their subjects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from tenure.usage.domain.milestones import MilestoneRule, Moment, Reached, core_use_reached, first_reached
from tenure.usage.enums import MilestoneKind
from tenure.usage.queries.milestones import OwnedSpan
from tenure.usage.queries.statement import EPOCH, microseconds

if TYPE_CHECKING:
    from tenure.stream.readers import Window
    from tenure.stream.store.client import EventStore
    from tenure.workspace.context import Context

# Subjects in one statement: a bound on what travels with it.
CHUNK_SPANS = 500
_FAR = 2**62
_KINDS = tuple(MilestoneKind)
# Weeks are numbered from the Monday before 1970.
_NUMBERS = """
arrayFilter(kind -> kind >= 0, [if(has({sign_up:Array(String)}, name), 0, -1), if(has({first_use:Array(String)}, name), 1, -1),
  if(has({first_value:Array(String)}, name), 2, -1), if(has({core_use:Array(String)}, name), 3, -1)])
"""
_HISTORY = f"""
SELECT span.2 AS place, kind, if(kind = 3, intDiv(toInt32(toDate32(time, {{zone:String}})) + 3, 7), 0) AS week,
  toUnixTimestamp64Micro(min(event.time)) AS at, argMin((event.subject, event.id, event.source, event.context), (event.time, event.seq, event.idx))
FROM (
  SELECT subject, time, id, source, context, seq, idx, arrayJoin({_NUMBERS}) AS kind FROM events
  WHERE workspace = {{workspace:UUID}} AND subject IN {{subjects:Array(String)}} AND name IN {{names:Array(String)}}
) AS event INNER JOIN (
  SELECT arrayJoin(arrayZip({{subjects:Array(String)}}, {{places:Array(UInt32)}}, {{since:Array(Int64)}}, {{until:Array(Int64)}})) AS span
) AS owned ON event.subject = span.1
WHERE toUnixTimestamp64Micro(event.time) >= span.3 AND toUnixTimestamp64Micro(event.time) < span.4
GROUP BY place, kind, week
"""  # noqa: S608 - this module's own words; names, zones and subjects are parameters
_FIRSTS = f"""
SELECT subject, kind, toUnixTimestamp64Micro(min(time)) FROM (
  SELECT subject, time, arrayJoin({_NUMBERS}) AS kind FROM events
  WHERE workspace = {{workspace:UUID}} AND {{which}} AND name IN {{names:Array(String)}}
) GROUP BY subject, kind
"""  # noqa: S608 - as above
_OF_WINDOW = _FIRSTS.replace("{which}", "seq > {after:UInt64} AND seq <= {upto:UInt64}")
_OF_SUBJECTS = _FIRSTS.replace("{which}", "subject IN {subjects:Array(String)}")

Rules = Mapping[MilestoneKind, MilestoneRule]


class First(NamedTuple):
    """The first event of a kind that a subject has (in a window, or at all)."""

    subject: str
    kind: MilestoneKind
    at: datetime


def firsts_of_window(store: EventStore, rules: Rules, window: Window) -> list[First]:
    """Whose milestone events are in the window, and the first of each kind. Raises StoreUnavailable."""
    return _firsts(store.rows(_OF_WINDOW, **_names(rules), **window.parameters))


def firsts_of_subjects(ctx: Context, store: EventStore, rules: Rules, subjects: Sequence[str]) -> list[First]:
    """The first milestone events of these subjects, of all their history. Raises StoreUnavailable."""
    found: list[First] = []
    for start in range(0, len(subjects), CHUNK_SPANS):
        part = list(subjects[start : start + CHUNK_SPANS])
        found += _firsts(store.rows(_OF_SUBJECTS, **_names(rules), workspace=ctx.workspace.pk, subjects=part))
    return found


def read_history(
    ctx: Context, store: EventStore, rules: Rules, spans: Sequence[OwnedSpan]
) -> dict[tuple[UUID, MilestoneKind], Reached]:
    """What the owners of these spans have reached by the events under them. Raises StoreUnavailable."""
    firsts: dict[tuple[UUID, MilestoneKind], list[Moment]] = defaultdict(list)
    weeks: dict[UUID, dict[int, Moment]] = defaultdict(dict)
    for start in range(0, len(spans), CHUNK_SPANS):
        for account_id, kind, week, moment in _moments(ctx, store, rules, spans[start : start + CHUNK_SPANS]):
            if kind is not MilestoneKind.CORE_USE:
                firsts[account_id, kind].append(moment)
                continue
            known = weeks[account_id].get(week)
            if known is None or moment.at < known.at:
                weeks[account_id][week] = moment
    reached = {key: first_reached(moments) for key, moments in firsts.items()}
    core = rules.get(MilestoneKind.CORE_USE)
    if core is not None:
        for account_id, active in weeks.items():
            held = core_use_reached(active, weeks_active=core.weeks_active, weeks_watched=core.weeks_watched)
            reached[account_id, core.kind] = held
    return {key: found for key, found in reached.items() if found is not None}


def _moments(
    ctx: Context, store: EventStore, rules: Rules, spans: Sequence[OwnedSpan]
) -> list[tuple[UUID, MilestoneKind, int, Moment]]:
    accounts = list(dict.fromkeys(span.account_id for span in spans))
    place_of = {account: place for place, account in enumerate(accounts)}
    rows = store.rows(
        _HISTORY,
        **_names(rules),
        workspace=ctx.workspace.pk,
        zone=ctx.workspace.zone,
        subjects=[span.subject for span in spans],
        places=[place_of[span.account_id] for span in spans],
        since=[microseconds(span.since_at) for span in spans],
        until=[_FAR if span.until_at is None else microseconds(span.until_at) for span in spans],
    )
    return [
        (accounts[place], _KINDS[kind], week, Moment(_instant(at), told[0], told[1], told[2], told[3]))
        for place, kind, week, at, told in rows
    ]


def _names(rules: Rules) -> dict[str, list[str]]:
    by_kind = {str(kind): list(rules[kind].events) if kind in rules else [] for kind in _KINDS}
    return by_kind | {"names": sorted({name for names in by_kind.values() for name in names})}


def _firsts(rows: Collection[tuple[str, int, int]]) -> list[First]:
    return [First(subject, _KINDS[kind], _instant(at)) for subject, kind, at in rows]


def _instant(at: int) -> datetime:
    return EPOCH + timedelta(microseconds=at)
