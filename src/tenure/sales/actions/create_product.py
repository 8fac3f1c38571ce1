"""A product is added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from tenure.sales.models import SalesProduct
from tenure.sales.records import PRODUCT
from tenure.workspace.action import action
from tenure.workspace.records import guard_external_id, insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("sales.create_product")
def create_product(ctx: Context, values: Mapping[str, Any]) -> SalesProduct:
    """Write a product. values: field name (records/product.py) to typed value.

    Raises NameMissing, NameTaken, ExternalIdTaken. Not idempotent but by external id.
    """
    ctx.require_everywhere("sales.create_product")
    guard_external_id(PRODUCT, values)
    row = cast("SalesProduct", PRODUCT.build(ctx, dict(values)))
    insert_records(ctx, PRODUCT, [row], values.keys())
    ctx.audit(row, fields=sorted(values))
    return row
