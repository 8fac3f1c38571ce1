"""Bulk work over the API: which records, and what they shall have alike."""

from __future__ import annotations

from typing import Any, Self
from uuid import UUID

from pydantic import Field, model_validator

from tenure.workspace.endpoints.schemas import In, Reason
from tenure.workspace.rows import CHUNK_ROWS

LONGEST_QUERY = 2000
MOST_VALUES = 200


class SelectionIn(In):
    """Records of a list: those named, or all that a state of the list finds."""

    ids: list[UUID] = Field(default_factory=list, max_length=CHUNK_ROWS, description="Ids of records.")
    query: str | None = Field(
        default=None,
        max_length=LONGEST_QUERY,
        description="Filters and words as they stand in the list's address; an empty text is the whole list.",
        examples=["stage=live&country=NL"],
    )
    reason: Reason = ""

    @model_validator(mode="after")
    def _names_records(self) -> Self:
        if (self.query is None) == (not self.ids):
            raise ValueError("give ids or a query, one of both")
        return self


class BulkEditIn(SelectionIn):
    """What the records shall have alike."""

    values: dict[str, Any] = Field(
        min_length=1,
        max_length=MOST_VALUES,
        description="Fields as in a PATCH of one such record, the workspace's own under `custom`.",
        examples=[{"industry": "Logistics"}],
    )
