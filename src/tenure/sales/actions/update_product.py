"""A product is corrected or completed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.market.queries.records import get_record
from tenure.sales.models import SalesProduct
from tenure.sales.records import PRODUCT
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("sales.update_product")
def update_product(ctx: Context, product_id: UUID, values: Mapping[str, Any], *, version: int | None = None) -> SalesProduct:
    """Set the fields in `values` (field name to typed value). Can be undone: the edit is a change set of one row.

    version: the version the caller had in hand; raises RecordChanged where it is no longer that. Raises NotFound,
    NameMissing, NameTaken, ExternalIdTaken. Idempotent: the same values change nothing more.
    """
    row: SalesProduct = get_record(ctx, PRODUCT, product_id, permission="sales.update_product")
    edit_record(ctx, PRODUCT, row, values, version=version)
    return row
