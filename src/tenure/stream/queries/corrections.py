"""Which events a correction takes, and what it would do to them: asked of the store before anything changes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from tenure.kernel.errors import NotFound
from tenure.stream.domain.spans import EVER
from tenure.stream.errors_of_governance import AccountTooWide, CorrectionTakesEverything
from tenure.stream.ingest.instants import read_instant
from tenure.stream.models import Correction, Tie
from tenure.stream.queries.plan_rules import instant_of, value_text
from tenure.stream.queries.refusals import micros_of
from tenure.stream.store.client import event_store
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context

VIEW = "stream.correct_events"
MOST_IDS = 1_000
MOST_SUBJECTS = 2_000
MOST_NAMES = 1_000
SHOWN_SUBJECTS = 5_000
SHOWN_PROPERTIES = 12
_MONTHS = """
SELECT toYYYYMM(time) AS month, count(), toUnixTimestamp64Micro(min(time)), toUnixTimestamp64Micro(max(time)) FROM events
WHERE workspace = {{workspace:UUID}}{conditions} GROUP BY month ORDER BY month"""
_NAMES = """
SELECT name, count() FROM events WHERE workspace = {{workspace:UUID}}{conditions} GROUP BY name ORDER BY count() DESC, name LIMIT {limit}"""
_SUBJECTS = """
SELECT subject, count() FROM events WHERE workspace = {{workspace:UUID}}{conditions}
GROUP BY subject ORDER BY count() DESC, subject LIMIT {limit}"""
_SUMS = """
SELECT kv.1 AS property, count(), toString(sum(assumeNotNull(value))) FROM (
    SELECT arrayJoin(JSONExtractKeysAndValuesRaw({properties})) AS kv, toDecimal256OrNull(trim(BOTH '"' FROM kv.2), 12) AS value
    FROM events WHERE workspace = {{workspace:UUID}}{conditions}
) WHERE value IS NOT NULL AND length(property) <= 200 GROUP BY property ORDER BY count() DESC, property LIMIT 200"""
# The object with some properties left out and others set, written anew from its parts.
AMENDED = """
concat('{', arrayStringConcat(arrayMap(kv -> concat(toJSONString(kv.1), ':', kv.2), arrayConcat(
    arrayFilter(kv -> NOT has(JSONExtract({left_out:String}, 'Array(String)'), kv.1), JSONExtractKeysAndValuesRaw(properties)),
    JSONExtractKeysAndValuesRaw({amended:String}))), ','), '}')"""


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events. spans: an account's subjects with from and until (microseconds), as they were tied when it was asked for."""

    ids: tuple[str, ...] = ()
    name: str = ""
    subject: str = ""
    account: UUID | None = None
    source: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    property: str = ""
    value: str = ""
    spans: tuple[tuple[str, int, int], ...] = ()

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        """The filter as `as_json` wrote it."""
        return cls(
            ids=tuple(said.get("ids", ())),
            account=UUID(said["account"]) if said.get("account") else None,
            source=UUID(said["source"]) if said.get("source") else None,
            since=read_instant(said.get("since", "")),
            until=read_instant(said.get("until", "")),
            spans=tuple((subject, low, high) for subject, low, high in said.get("spans", ())),
            **{name: str(said.get(name, "")) for name in ("name", "subject", "property", "value")},
        )

    def as_json(self) -> dict[str, Any]:
        """What it asks for, as JSON."""
        said: dict[str, Any] = {name: getattr(self, name) for name in ("name", "subject", "property", "value")}
        said |= {name: str(value) for name in ("account", "source") if (value := getattr(self, name))}
        said |= {name: value.isoformat() for name in ("since", "until") if (value := getattr(self, name))}
        said |= {"ids": list(self.ids), "spans": [list(span) for span in self.spans]}
        return {name: value for name, value in said.items() if value or (name == "value" and self.property)}

    def frozen(self) -> Self:
        """The same with the account's subjects as they are tied now. Raises CorrectionTakesEverything for a filter without any condition."""
        if not any((self.ids, self.name, self.subject, self.account, self.source, self.since, self.until, self.property)):
            raise CorrectionTakesEverything
        if self.account is None:
            return self
        return type(self).from_json(self.as_json() | {"spans": [list(span) for span in _spans(self.account)]})

    def conditions(self, upto: int) -> tuple[str, dict[str, Any]]:
        """SQL to stand behind the workspace's condition, and its parameters. upto: of the store's numbers only those up to it."""
        parts = ["seq <= {upto:UInt64}"]
        given: dict[str, Any] = {"upto": upto}
        for name, kind in (("name", "String"), ("subject", "String"), ("source", "UUID")):
            if getattr(self, name):
                parts.append(f"{name} = {{{name}:{kind}}}")
                given[name] = getattr(self, name)
        for name, sign in (("since", ">="), ("until", "<")):
            if (instant := getattr(self, name)) is not None:
                parts.append(f"time {sign} fromUnixTimestamp64Micro({{{name}:Int64}}, 'UTC')")
                given[name] = micros_of(instant)
        if self.ids:
            parts.append("has(JSONExtract({ids:String}, 'Array(String)'), id)")
            given["ids"] = json.dumps(self.ids)
        if self.property:
            parts.append(f"JSONHas(properties, {{property:String}}) AND {value_text('{property:String}')} = {{value:String}}")
            given |= {"property": self.property, "value": self.value}
        if self.account is not None:
            parts.append(
                "arrayExists(span -> span.1 = subject AND toUnixTimestamp64Micro(time) >= span.2"
                " AND toUnixTimestamp64Micro(time) < span.3, JSONExtract({spans:String}, 'Array(Tuple(String, Int64, Int64))'))"
            )
            given["spans"] = json.dumps(self.spans)
        return "".join(f" AND {part}" for part in parts), given


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a correction makes of the properties it finds: some set, some removed. Empty: the events are deleted."""

    amended: dict[str, Any] = field(default_factory=dict)
    removed: tuple[str, ...] = ()

    def parameters(self) -> dict[str, str]:
        """What AMENDED asks for."""
        return {"amended": json.dumps(self.amended), "left_out": json.dumps([*self.amended, *self.removed])}


@dataclass(frozen=True, slots=True)
class Sum:
    """A numeric property of the events found: how many have it, and its sum before and after."""

    property: str
    events: int
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Preview:
    """months: (month as 202611, events). accounts: by id with events, None for those of nobody known."""

    events: int
    months: list[tuple[int, int]]
    first_at: datetime | None
    last_at: datetime | None
    names: list[tuple[str, int]]
    accounts: dict[UUID | None, int]
    sums: list[Sum]


def preview_correction(ctx: Context, wanted: EventFilter, amendment: Amendment | None, upto: int) -> Preview:
    """What a correction would do. amendment: None deletes. wanted: frozen."""
    conditions, given = wanted.conditions(upto)
    given["workspace"] = ctx.workspace.pk
    store = event_store()
    months = store.rows(_MONTHS.format(conditions=conditions), **given)
    names = store.rows(_NAMES.format(conditions=conditions, limit=MOST_NAMES), **given)
    return Preview(
        events=sum(row[1] for row in months),
        months=[(int(month), int(count)) for month, count, *_ in months],
        first_at=instant_of(min(row[2] for row in months)) if months else None,
        last_at=instant_of(max(row[3] for row in months)) if months else None,
        names=[(str(name), int(count)) for name, count in names],
        accounts=_accounts(store.rows(_SUBJECTS.format(conditions=conditions, limit=SHOWN_SUBJECTS), **given)),
        sums=_sums(conditions, given, amendment),
    )


def get_correction(ctx: Context, correction_id: UUID, *, lock: bool = False) -> Correction:
    """The correction, where the caller corrects events of the whole workspace. Raises NotFound."""
    rows = Correction.objects.filter(scope_filter(ctx, VIEW, Correction), pk=correction_id)
    found: Correction | None = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotFound(kind="correction")
    return found


def _sums(conditions: str, given: dict[str, Any], amendment: Amendment | None) -> list[Sum]:
    before = _sums_of("properties", conditions, given)
    if amendment is None:
        after: dict[str, tuple[int, Decimal]] = {}
    else:
        after = _sums_of(AMENDED, conditions, given | amendment.parameters())
    nothing = (0, Decimal(0))
    found = [
        Sum(
            name,
            max(before.get(name, nothing)[0], after.get(name, nothing)[0]),
            before.get(name, nothing)[1],
            after.get(name, nothing)[1],
        )
        for name in {**before, **after}
    ]
    return sorted(found, key=lambda one: (one.before == one.after, -one.events, one.property))[:SHOWN_PROPERTIES]


def _sums_of(properties: str, conditions: str, given: Mapping[str, Any]) -> dict[str, tuple[int, Decimal]]:
    statement = (
        _SUMS.replace("{properties}", properties)
        .replace("{conditions}", conditions)
        .replace("{{workspace:UUID}}", "{workspace:UUID}")
    )
    return {str(name): (int(count), Decimal(total)) for name, count, total in event_store().rows(statement, **given)}


def _accounts(subjects: Sequence[tuple[str, int]]) -> dict[UUID | None, int]:
    """Events by account, each subject as it is tied today."""
    ties = Tie.objects.filter(subject__in=[subject for subject, _ in subjects]).order_by("since_at")
    tied: dict[str, UUID | None] = dict(ties.values_list("subject", "account_id"))
    counted: dict[UUID | None, int] = {}
    for subject, count in subjects:
        account = tied.get(subject)
        counted[account] = counted.get(account, 0) + count
    return dict(sorted(counted.items(), key=lambda pair: -pair[1]))


def _spans(account: UUID) -> list[tuple[str, int, int]]:
    """When which subjects were the account's."""
    subjects = list(Tie.objects.filter(account_id=account).values_list("subject", flat=True).distinct()[: MOST_SUBJECTS + 1])
    if len(subjects) > MOST_SUBJECTS:
        raise AccountTooWide(most=MOST_SUBJECTS)
    rows = list(Tie.objects.filter(subject__in=subjects).order_by("subject", "since_at"))
    found = []
    for row, following in zip_longest(rows, rows[1:]):
        if row.account_id == account:
            ends = following is not None and following.subject == row.subject
            low = 0 if row.since_at == EVER else micros_of(row.since_at)
            found.append((row.subject, low, micros_of(following.since_at) if ends and following else 2**62))
    return found
