"""The record type of products, as deals name them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from tenure.market.records.named import NamedRecord
from tenure.sales.events import ProductChanged, ProductCreated, ProductDeleted, ProductRestored
from tenure.sales.models import SalesProduct, SalesProductSlots
from tenure.workspace.records import FieldKind, RecordEvents, RecordField

if TYPE_CHECKING:
    from tenure.workspace.context import Context


class ProductRecord(NamedRecord):
    """What is sold."""

    name = "product"
    label = _("Product")
    label_plural = _("Products")
    icon = "package"
    model = SalesProduct
    slots = SalesProductSlots
    events = RecordEvents(ProductCreated, ProductChanged, ProductDeleted, ProductRestored)
    view_permission = "sales.view"
    create_permission = "sales.create_product"
    change_permission = "sales.update_product"
    delete_permission = "sales.delete_products"
    fields: ClassVar[Sequence[RecordField]] = (
        RecordField(
            "name", _("Name"), is_required=True, is_key=True, synonyms=("product", "product name", "item", "producto", "产品")
        ),
        RecordField("external_id", _("External id"), is_key=True, synonyms=("id", "product id", "sku")),
        RecordField("series", _("Series"), synonyms=("family", "line", "category", "serie", "系列")),
        RecordField(
            "list_price",
            _("List price"),
            FieldKind.MONEY,
            column="list_price_minor",
            currency="currency",
            synonyms=("price", "sales price", "unit price", "precio", "价格"),
        ),
        RecordField("currency", _("Currency"), FieldKind.CURRENCY, synonyms=("moneda", "币种"), max_length=3),
    )

    def derive(self, ctx: Context, rows: Sequence[Any]) -> None:
        """A price without a currency is in the workspace's."""
        super().derive(ctx, rows)
        for row in rows:
            row.currency = row.currency or ctx.workspace.currency


PRODUCT = ProductRecord()
