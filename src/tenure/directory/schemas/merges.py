"""Records that are one, or look alike and are two."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import Field

from tenure.workspace.endpoints.schemas import In


class MergeIn(In):
    """Two records that are one."""

    loser: UUID = Field(description="The record that goes: what hangs on it hangs on the one in the path then.")


class DistinctPairIn(In):
    """Two records that look alike and are two all the same."""

    record: Literal["account", "person"] = Field(default="account", description="The kind of both.")
    one: UUID
    other: UUID
