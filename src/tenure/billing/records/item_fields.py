"""The fields of one subscription item, which a subscription's own row may carry too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tenure.billing.enums import ChargeKind, DiscountKind, Rhythm
from tenure.workspace.lists import Choice
from tenure.workspace.records import FieldKind, RecordField

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def rhythm_choices(_ctx: Context) -> list[Choice]:
    """How often something is due."""
    return [Choice(value, label) for value, label in Rhythm.choices]


def _charge_choices(_ctx: Context) -> list[Choice]:
    return [Choice(value, label) for value, label in ChargeKind.choices]


def _discount_choices(_ctx: Context) -> list[Choice]:
    return [Choice(value, label) for value, label in DiscountKind.choices]


# What a subscription's row says of its first item.
TERMS: tuple[RecordField, ...] = (
    RecordField(
        "plan",
        _("Plan"),
        is_required=True,
        synonyms=("plan tier", "plan name", "product", "price", "tarifa", "producto", "套餐", "方案"),
    ),
    RecordField(
        "quantity",
        _("Quantity"),
        FieldKind.DECIMAL,
        synonyms=("seats", "licenses", "units", "users", "cantidad", "puestos", "席位", "数量"),
    ),
    RecordField(
        "net_amount",
        _("Net amount"),
        FieldKind.MONEY,
        column="net_minor",
        currency="currency",
        synonyms=("amount", "mrr", "mrr amount", "price paid", "net", "importe", "importe neto", "金额", "净额"),
        help=_("Per interval, for the whole quantity, after discount, without tax."),
    ),
    RecordField(
        "list_amount",
        _("List amount"),
        FieldKind.MONEY,
        column="list_minor",
        currency="currency",
        synonyms=("list price", "gross amount", "amount before discount", "precio de lista", "目录金额"),
        help=_("The same before discount; left empty, it is the net amount."),
    ),
    RecordField(
        "interval",
        _("Paid"),
        FieldKind.CHOICE,
        choices=rhythm_choices,
        synonyms=(
            "billing interval",
            "billing frequency",
            "billing period",
            "frequency",
            "periodicidad",
            "frecuencia",
            "计费周期",
        ),
    ),
    RecordField("interval_count", _("Intervals at a time"), FieldKind.INTEGER, synonyms=("billing interval count",)),
    RecordField(
        "charge", _("Charge"), FieldKind.CHOICE, choices=_charge_choices, synonyms=("charge type", "tipo de cargo", "收费类型")
    ),
    RecordField(
        "discount",
        _("Discount"),
        FieldKind.CHOICE,
        choices=_discount_choices,
        synonyms=("discount duration", "coupon duration", "descuento", "折扣"),
    ),
    RecordField(
        "discount_ends_on", _("Discount ends on"), FieldKind.DATE, synonyms=("coupon ends", "fin del descuento", "折扣结束")
    ),
)
PERIOD: tuple[RecordField, ...] = (
    RecordField(
        "starts_on",
        _("Starts on"),
        FieldKind.DATE,
        synonyms=("start", "start date", "started", "current period start", "inicio", "fecha de inicio", "开始日期"),
    ),
    RecordField(
        "ends_on",
        _("Ends on"),
        FieldKind.DATE,
        synonyms=("end", "end date", "ended at", "ended", "fin", "fecha de fin", "结束日期"),
    ),
    RecordField("is_trial", _("Trial"), FieldKind.BOOLEAN, synonyms=("trial", "in trial", "prueba", "试用")),
    RecordField(
        "trial_ends_on",
        _("Trial ends on"),
        FieldKind.DATE,
        synonyms=("trial end", "trial end date", "fin de la prueba", "试用结束"),
    ),
)
CURRENCY = RecordField("currency", _("Currency"), FieldKind.CURRENCY, synonyms=("moneda", "币种"), max_length=3)
