"""The record type of subscription items: several of them make up one subscription."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from tenure.billing.enums import ChargeKind, DiscountKind, Rhythm
from tenure.billing.events import ItemChanged, ItemCreated, ItemDeleted, ItemRestored
from tenure.billing.models import Subscription, SubscriptionItem, SubscriptionItemSlots
from tenure.billing.records.item_fields import CURRENCY, PERIOD, TERMS
from tenure.billing.rules import check_amounts, check_currency, check_period
from tenure.workspace.records import FieldKind, RecordEvents, RecordField, RecordType

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models.base import Record


class ItemRecord(RecordType):
    """Subscription items. Its account is its subscription's; dates that are not given are its subscription's."""

    name = "subscription_item"
    label = _("Subscription item")
    label_plural = _("Subscription items")
    icon = "receipt"
    model = SubscriptionItem
    slots = SubscriptionItemSlots
    events = RecordEvents(ItemCreated, ItemChanged, ItemDeleted, ItemRestored)
    view_permission = "billing.view"
    create_permission = "billing.create_item"
    change_permission = "billing.update_item"
    delete_permission = "billing.delete_items"
    belongs_to: ClassVar[dict[str, str]] = {"subscription": "subscription_id"}
    fields: ClassVar[Sequence[RecordField]] = (
        RecordField("external_id", _("External id"), is_key=True, synonyms=("id", "item id", "line id", "subscription item id")),
        RecordField(
            "subscription", _("Subscription"), FieldKind.REFERENCE, column="subscription_id", references="subscription", is_required=True,
            synonyms=("subscription id", "suscripción", "订阅"),
        ),
        *TERMS, CURRENCY, *PERIOD,
    )  # fmt: skip

    def build(self, ctx: Context, values: dict[str, Any]) -> Record:
        """An amount that is not given is the other one."""
        row: Any = super().build(ctx, values)
        if values.get("list_amount") is None:
            row.list_minor = row.net_minor
        if values.get("net_amount") is None:
            row.net_minor = row.list_minor
        return row

    def columns(self, names: Iterable[str]) -> set[str]:
        """Amounts keep the discount between them in step; the account and the currency follow the subscription."""
        columns = super().columns(names)
        if not columns.isdisjoint({"net_minor", "list_minor", "discount"}):
            columns |= {"list_minor", "discount"}
        if "subscription_id" in columns:
            columns |= {"account_id"}
        return columns

    def derive(self, ctx: Context, rows: Sequence[Any]) -> None:
        """Account and currency of the subscription; a net amount below the list amount is a discount, one above it is the list amount."""
        known = {one.pk: one for one in Subscription.everything.filter(pk__in={row.subscription_id for row in rows})}
        for row in rows:
            subscription = known.get(row.subscription_id)
            if subscription is not None:
                row.account_id = subscription.account_id
            row.currency = (row.currency or (subscription.currency if subscription else ctx.workspace.currency)).upper()
            row.plan = row.plan.strip()
            _fill_blanks(row)
            row.list_minor = max(row.list_minor, row.net_minor)
            if row.net_minor < row.list_minor and not row.discount:
                row.discount = DiscountKind.FOREVER

    def guard(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """Dates in order, amounts not negative, a currency that is one."""
        del ctx, names
        for row in rows:
            check_period(row.starts_on, row.ends_on)
            check_amounts(row.net_minor, row.list_minor, row.quantity)
            check_currency(row.currency)


def _fill_blanks(row: Any) -> None:  # noqa: ANN401 - a row of this type
    """What a form or an empty cell left out is as it is by default."""
    row.net_minor, row.list_minor = row.net_minor or 0, row.list_minor or 0
    row.quantity = Decimal(1) if row.quantity is None else row.quantity
    row.interval, row.interval_count = row.interval or Rhythm.MONTH, row.interval_count or 1
    row.charge, row.discount = row.charge or ChargeKind.RECURRING, row.discount or ""


ITEM = ItemRecord()
