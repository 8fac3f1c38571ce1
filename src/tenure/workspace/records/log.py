"""Writing down, in a change set, what happens to rows while it happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from tenure.workspace.models.change_set import ChangeRow
from tenure.workspace.rows import insert_rows


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
        insert_rows(
            ChangeRow,
            [
                ChangeRow(
                    workspace_id=workspace_id,
                    change_set_id=self.change_set_id,
                    position=position,
                    record=record,
                    row_id=row.row_id,
                    kind=kind,
                    row_version=row.row_version,
                    before=row.before,
                    after=row.after,
                )
                for position, row in enumerate(touched, self.position)
            ],
        )
        self.position += len(touched)
