"""The record type of costs that no channel bears."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from tenure.market.enums import CostKind
from tenure.market.errors import AmountMissing
from tenure.market.events import OtherCostChanged, OtherCostCreated, OtherCostDeleted, OtherCostRestored
from tenure.market.models import OtherCost, OtherCostSlots
from tenure.workspace.lists import Choice
from tenure.workspace.records import FieldKind, RecordEvents, RecordField, RecordType

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def cost_choices(_ctx: Context) -> list[Choice]:
    """The kinds of cost."""
    return [Choice(value, label) for value, label in CostKind.choices]


class OtherCostRecord(RecordType):
    """Salaries, tools, agencies and their kin."""

    name = "other_cost"
    label = _("Other cost")
    label_plural = _("Other costs")
    icon = "receipt"
    model = OtherCost
    slots = OtherCostSlots
    events = RecordEvents(OtherCostCreated, OtherCostChanged, OtherCostDeleted, OtherCostRestored)
    view_permission = "market.view"
    create_permission = "market.create_other_cost"
    change_permission = "market.update_other_cost"
    delete_permission = "market.delete_other_costs"
    fields: ClassVar[Sequence[RecordField]] = (
        RecordField("on", _("Day"), FieldKind.DATE, is_required=True, synonyms=("date", "month", "fecha", "mes", "日期")),
        RecordField(
            "kind", _("Kind"), FieldKind.CHOICE, choices=cost_choices, synonyms=("type", "category", "cost type", "tipo", "类别")
        ),
        RecordField(
            "amount",
            _("Amount"),
            FieldKind.MONEY,
            column="amount_minor",
            currency="currency",
            is_required=True,
            synonyms=("cost", "total", "importe", "coste", "金额"),
        ),
        RecordField("currency", _("Currency"), FieldKind.CURRENCY, synonyms=("moneda", "币种"), max_length=3),
        RecordField("name", _("What for"), synonyms=("description", "supplier", "vendor", "concepto", "用途")),
        RecordField("external_id", _("External id"), is_key=True, synonyms=("id", "invoice number")),
    )

    def derive(self, ctx: Context, rows: Sequence[Any]) -> None:
        """An amount without a currency is in the workspace's."""
        for row in rows:
            row.currency = row.currency or ctx.workspace.currency

    def guard(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """Raise AmountMissing."""
        del ctx, names
        if any(row.amount_minor is None or row.amount_minor < 0 for row in rows):
            raise AmountMissing


OTHER_COST = OtherCostRecord()
