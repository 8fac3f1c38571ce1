"""Typed slots: the columns in which one kind of record keeps its custom fields. Static: a new field needs no DDL and no restart.

Measured choice (spec/custom-fields.md): as quick as a table per object, without its locks; JSON, GIN and entity-attribute-value were slower.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from tenure.workspace.models.base import Scoped

TEXTS, NUMBERS, INSTANTS, BOOLEANS, LINKS = 16, 12, 8, 8, 6
INDEXED = {"t": 6, "n": 4, "d": 3, "u": 2}


class Slots(Scoped):
    """One row beside each record that has custom values; a room subclasses it with a one-to-one `record` named `row`."""

    fence_account: ClassVar[str | None] = "account_id"

    id = None  # type: ignore[assignment]
    account_id = models.UUIDField(null=True)
    overflow = models.JSONField(default=dict)

    class Meta:
        abstract = True


def _add_slots() -> None:
    columns: dict[str, models.Field[Any, Any]] = {}
    columns |= {f"t{number:02}": models.TextField(null=True, db_collation="C") for number in range(1, TEXTS + 1)}
    for number in range(1, NUMBERS + 1):
        columns[f"n{number:02}"] = models.FloatField(null=True)
        columns[f"x{number:02}"] = models.DecimalField(null=True, max_digits=38, decimal_places=12)
    columns |= {f"d{number:02}": models.DateTimeField(null=True) for number in range(1, INSTANTS + 1)}
    columns |= {f"b{number:02}": models.BooleanField(null=True) for number in range(1, BOOLEANS + 1)}
    columns |= {f"u{number:02}": models.UUIDField(null=True) for number in range(1, LINKS + 1)}
    for name, field in columns.items():
        Slots.add_to_class(name, field)


_add_slots()


def slot_indexes(prefix: str) -> list[models.Index]:
    """The indexes of a slots table: the first slots of each kind, per workspace, where they hold a value."""
    return [
        models.Index(
            fields=["workspace", f"{family}{number:02}", "row"],
            name=f"{prefix}_{family}{number:02}",
            condition=models.Q(**{f"{family}{number:02}__isnull": False}),
        )
        for family, count in INDEXED.items()
        for number in range(1, count + 1)
    ]
