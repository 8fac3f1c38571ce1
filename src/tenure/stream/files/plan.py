"""How the rows of a file become events: which column is the id, the name, the time, whose it is, and which are properties.

As JSON:

    {"source": "RavenStack usage",
     "id": {"column": "usage_id"},                       or {"rows": true}: the file's own digest and the row
     "name": {"column": "feature_name"},                 or {"constant": "LLM request"}
     "time": {"column": "usage_date", "zone": "UTC", "date_order": "day-month-year"},
     "account": {"column": "subscription_id", "through": {"file": "ravenstack_subscriptions.csv", "key": "subscription_id",
                 "value": "account_id", "starts": "start_date"}},
                                                         or {"spread": {"prefix": "customer-", "over": 50}}: row number modulo 50
     "user": {"column": "user_id"}, "visitor": {"column": "anonymous_id"},
     "properties": {"usage_count": {"as": "count"}, "is_beta_feature": {}}}
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tenure.kernel.errors import FieldProblem, Invalid
from tenure.workspace.tabular.decisions import DateOrder


@dataclass(frozen=True, slots=True)
class Through:
    """Another file that says whose a row is: its `key` column holds the row's cell, its `value` column the account.

    starts: a column with the day before which such rows are said to be early; they count all the same.
    """

    file: str
    key: str
    value: str
    starts: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Where one part of an event comes from: a column, a constant, or for accounts the row's number."""

    column: str = ""
    constant: str = ""
    spread_prefix: str = ""
    spread_over: int = 0
    through: Through | None = None


@dataclass(frozen=True, slots=True)
class EventFilePlan:
    """The whole plan. id None: the file's digest and the row's number. properties: column to the property's name."""

    source: str
    name: Part
    time: str
    account: Part | None = None
    user: Part | None = None
    visitor: Part | None = None
    id: Part | None = None
    zone: str = "UTC"
    date_order: DateOrder | None = None
    properties: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> EventFilePlan:
        """The plan of its JSON. Raises Invalid, which names what is missing."""
        missing = [name for name in ("source", "name", "time") if not plain.get(name)]
        if not any(plain.get(name) for name in ("account", "user", "visitor")):
            missing.append("account")
        if missing:
            raise Invalid(
                FieldProblem(name, "This must be said: see the mapping file in docs/guides/product-events.md.")
                for name in missing
            )
        time = plain["time"]
        return cls(
            source=str(plain["source"]),
            id=None if plain.get("id", {}).get("rows") or "id" not in plain else _part(plain["id"]),
            name=_part(plain["name"]),
            time=str(time["column"]),
            zone=str(time.get("zone", "UTC")),
            date_order=DateOrder(time["date_order"]) if "date_order" in time else None,
            account=_part(plain["account"]) if "account" in plain else None,
            user=_part(plain["user"]) if "user" in plain else None,
            visitor=_part(plain["visitor"]) if "visitor" in plain else None,
            properties={column: str(told.get("as") or column) for column, told in plain.get("properties", {}).items()},
        )

    def columns(self) -> set[str]:
        """The columns that the file must have."""
        parts = [part for part in (self.id, self.name, self.account, self.user, self.visitor) if part is not None]
        return {self.time, *self.properties, *(part.column for part in parts if part.column)}


def _part(plain: dict[str, Any]) -> Part:
    spread = plain.get("spread", {})
    return Part(
        column=str(plain.get("column", "")),
        constant=str(plain.get("constant", "")),
        spread_prefix=str(spread.get("prefix", "")),
        spread_over=int(spread.get("over", 0)),
        through=Through(**plain["through"]) if "through" in plain else None,
    )
