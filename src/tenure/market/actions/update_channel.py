"""A way on which prospects come is corrected or completed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.market.models import Channel
from tenure.market.queries.records import get_record
from tenure.market.records import CHANNEL
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("market.update_channel")
def update_channel(ctx: Context, channel_id: UUID, values: Mapping[str, Any], *, version: int | None = None) -> Channel:
    """Set the fields in `values` (field name to typed value). Can be undone: the edit is a change set of one row.

    version: the version the caller had in hand; raises RecordChanged where it is no longer that. Raises NotFound,
    NameMissing, NameTaken, ExternalIdTaken. Idempotent: the same values change nothing more.
    """
    row: Channel = get_record(ctx, CHANNEL, channel_id, permission="market.update_channel")
    edit_record(ctx, CHANNEL, row, values, version=version)
    return row
