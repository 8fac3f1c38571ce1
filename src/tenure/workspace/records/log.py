"""Writing down, in a change set, what happens to rows while it happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from tenure.workspace.models.change_set import ChangeRow
from tenure.workspace.rows import Same, insert_columns


class Touched(NamedTuple):
    """One row that a change set touched: columns as they were and as they are, JSON values."""

    row_id: UUID
    row_version: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(slots=True)
class ChangeLog:
    """The change set under way and the next free position in it."""

    change_set_id: UUID
    position: int = 0

    def write(self, workspace_id: UUID, record: str, kind: str, touched: Sequence[Touched]) -> None:
        """Append the rows, in their order."""
        insert_columns(
            ChangeRow,
            len(touched),
            workspace_id=Same(workspace_id),
            change_set_id=Same(self.change_set_id),
            position=list(range(self.position, self.position + len(touched))),
            record=Same(record),
            row_id=[row.row_id for row in touched],
            kind=Same(kind),
            row_version=[row.row_version for row in touched],
            before=[row.before for row in touched],
            after=[row.after for row in touched],
            outcome=Same(""),
        )
        self.position += len(touched)
