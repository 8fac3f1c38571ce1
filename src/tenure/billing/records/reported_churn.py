"""The record type of reported churn: who is said to have left, when and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from tenure.billing.events import ChurnReported, ReportedChurnChanged, ReportedChurnDeleted, ReportedChurnRestored
from tenure.billing.models import ReportedChurn, ReportedChurnSlots
from tenure.billing.rules import check_amounts, check_currency
from tenure.workspace.records import FieldKind, RecordEvents, RecordField, RecordType

if TYPE_CHECKING:
    from tenure.workspace.context import Context


class ReportedChurnRecord(RecordType):
    """Reports of churn. They are kept beside the movements and never become one."""

    name = "reported_churn"
    label = _("Reported churn")
    label_plural = _("Reported churn")
    icon = "heart-broken"
    model = ReportedChurn
    slots = ReportedChurnSlots
    events = RecordEvents(ChurnReported, ReportedChurnChanged, ReportedChurnDeleted, ReportedChurnRestored)
    view_permission = "billing.view"
    create_permission = "billing.report_churn"
    change_permission = "billing.update_reported_churn"
    delete_permission = "billing.delete_reported_churn"
    belongs_to: ClassVar[dict[str, str]] = {"account": "account_id"}
    fields: ClassVar[Sequence[RecordField]] = (
        RecordField(
            "account", _("Account"), FieldKind.REFERENCE, column="account_id", references="account", is_required=True,
            synonyms=("account id", "customer", "customer id", "company", "cliente", "cuenta", "客户"),
        ),
        RecordField("external_id", _("External id"), is_key=True, synonyms=("id", "churn event id", "event id")),
        RecordField("churned_on", _("Left on"), FieldKind.DATE, is_required=True, synonyms=("churn date", "churned", "date", "fecha de baja", "流失日期")),
        RecordField("reason", _("Reason"), synonyms=("reason code", "churn reason", "motivo", "流失原因")),
        RecordField(
            "refund", _("Refund"), FieldKind.MONEY, column="refund_minor", currency="currency", synonyms=("refund amount", "reembolso", "退款"),
        ),
        RecordField("currency", _("Currency"), FieldKind.CURRENCY, synonyms=("moneda", "币种"), max_length=3),
        RecordField("comment", _("Comment"), FieldKind.LONG_TEXT, synonyms=("feedback", "feedback text", "comentario", "备注"), max_length=10_000),
    )  # fmt: skip

    def derive(self, ctx: Context, rows: Sequence[Any]) -> None:
        """A refund has a currency."""
        for row in rows:
            row.currency = row.currency.upper() or (ctx.workspace.currency if row.refund_minor is not None else "")

    def guard(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """A refund is not negative and has a currency that is one."""
        del ctx, names
        for row in rows:
            if row.refund_minor is not None:
                check_amounts(row.refund_minor)
                check_currency(row.currency)


REPORTED_CHURN = ReportedChurnRecord()
