"""The record type of subscriptions. One row of a file is a subscription with its first item; further items are a record of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import connection
from django.utils.translation import gettext_lazy as _

from tenure.billing.events import SubscriptionChanged, SubscriptionCreated, SubscriptionDeleted, SubscriptionRestored
from tenure.billing.models import Subscription, SubscriptionItem, SubscriptionSlots
from tenure.billing.records.item import ITEM
from tenure.billing.records.item_fields import CURRENCY, PERIOD, TERMS, rhythm_choices
from tenure.billing.rules import check_currency, check_period
from tenure.workspace.records import Change, FieldKind, RecordEvents, RecordField, RecordType, insert_records, update_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models.base import Record

OF_ITEM = frozenset(field.name for field in TERMS)

# Items stand behind the same account fence as their subscription.
_MOVE_ITEMS = """
UPDATE billing_subscriptionitem AS item SET account_id = subscription.account_id
FROM billing_subscription AS subscription
WHERE item.workspace_id = (SELECT tenure_workspace()) AND item.subscription_id = ANY(%s::uuid[])
  AND subscription.id = item.subscription_id AND subscription.workspace_id = item.workspace_id AND item.account_id <> subscription.account_id
"""


class SubscriptionRecord(RecordType):
    """Subscriptions. The fields in OF_ITEM are kept in the first item, whose id is the subscription's; its undo comes with the subscription's."""

    name = "subscription"
    label = _("Subscription")
    label_plural = _("Subscriptions")
    icon = "refresh"
    model = Subscription
    slots = SubscriptionSlots
    events = RecordEvents(SubscriptionCreated, SubscriptionChanged, SubscriptionDeleted, SubscriptionRestored)
    view_permission = "billing.view"
    create_permission = "billing.create_subscription"
    change_permission = "billing.update_subscription"
    delete_permission = "billing.delete_subscriptions"
    belongs_to: ClassVar[dict[str, str]] = {"account": "account_id"}
    fields: ClassVar[Sequence[RecordField]] = (
        RecordField(
            "account", _("Account"), FieldKind.REFERENCE, column="account_id", references="account", is_required=True,
            synonyms=("account id", "customer", "customer id", "company", "cliente", "cuenta", "客户"),
        ),
        RecordField("external_id", _("External id"), is_key=True, synonyms=("id", "subscription id", "id de suscripción", "订阅编号")),
        *TERMS[:4], CURRENCY, *TERMS[4:], replace(PERIOD[0], is_required=True), *PERIOD[1:],
        RecordField("cancelled_on", _("Cancelled on"), FieldKind.DATE, synonyms=("canceled at", "cancelled at", "cancel date", "cancelación", "取消日期")),
        RecordField("end_reason", _("Reason of the end"), synonyms=("churn reason", "cancellation reason", "motivo", "流失原因")),
        RecordField("signed_on", _("Signed on"), FieldKind.DATE, synonyms=("signed", "contract date", "firmado", "签约日期")),
        RecordField("live_on", _("Live on"), FieldKind.DATE, synonyms=("go live", "go-live date", "en producción", "上线日期")),
        RecordField("adopting_on", _("Adopting since"), FieldKind.DATE, synonyms=("adopted", "adoption date", "activated on", "en adopción desde", "活跃使用日期")),
        RecordField("term", _("Renewed"), FieldKind.CHOICE, choices=rhythm_choices, synonyms=("contract term", "term", "renewal interval", "plazo", "合同期限")),
        RecordField("term_count", _("Terms at a time"), FieldKind.INTEGER, synonyms=("term count",)),
        RecordField(
            "opportunity", _("Opportunity"), FieldKind.REFERENCE, column="opportunity_id", references="opportunity",
            synonyms=("deal", "deal id", "opportunity id", "oportunidad", "商机"),
        ),
    )  # fmt: skip

    def build(self, ctx: Context, values: dict[str, Any]) -> Record:
        """A row whose item's fields wait until it is written."""
        row: Any = self.blank_row(ctx)
        row.pending = {}
        for name, value in values.items():
            self.assign_value(row, name, value)
        return row

    def assign(self, row: Record, name: str, value: Any) -> None:  # noqa: ANN401 - any field's value
        """The item's fields wait on the row until it is written."""
        if name in OF_ITEM:
            row.__dict__.setdefault("pending", {})[name] = value
        else:
            super().assign(row, name, value)

    def columns(self, names: Iterable[str]) -> set[str]:
        """The subscription's own columns."""
        return super().columns(name for name in names if name not in OF_ITEM)

    def read(self, ctx: Context, rows: Sequence[Any], names: Collection[str]) -> list[dict[str, Any]]:
        """The first items are read in one query where their fields are asked for."""
        of_item = [name for name in names if name in OF_ITEM]
        if not of_item:
            return super().read(ctx, rows, names)
        load_first_items(rows)
        own = super().read(ctx, rows, [name for name in names if name not in OF_ITEM])
        empty = dict.fromkeys(of_item)
        items = [ITEM.read(ctx, [row.first_item], of_item)[0] if row.first_item else empty for row in rows]
        return [mine | items_ for mine, items_ in zip(own, items, strict=True)]

    def typed(self, name: str, value: Any) -> Any:  # noqa: ANN401 - any field's value
        """The item's fields are typed as the item has them."""
        return ITEM.typed(name, value) if name in OF_ITEM else super().typed(name, value)

    def derive(self, ctx: Context, rows: Sequence[Any]) -> None:
        """The workspace's currency where none is given."""
        for row in rows:
            row.currency = (row.currency or ctx.workspace.currency).upper()
            row.term, row.term_count = row.term or "", row.term_count or 1

    def guard(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """Dates in order, a currency that is one."""
        del ctx, names
        for row in rows:
            check_period(row.starts_on, row.ends_on)
            check_currency(row.currency)

    def written(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """The first items follow, and the account of all items."""
        quiet = replace(ctx, change_log=None)
        if names is None:
            _insert_first_items(quiet, rows)
            return
        if "account" in names:
            with connection.cursor() as cursor:
                cursor.execute(_MOVE_ITEMS, [[row.pk for row in rows]])
        if not OF_ITEM.isdisjoint(names) or not {"currency", "external_id"}.isdisjoint(names):
            _update_first_items(quiet, rows)


def load_first_items(rows: Sequence[Any]) -> None:
    """Put `first_item` on the rows that have it not yet, in one query."""
    missing = [row for row in rows if "first_item" not in row.__dict__]
    if missing:
        found = {item.pk: item for item in SubscriptionItem.objects.filter(pk__in=[row.pk for row in missing])}
        for row in missing:
            row.first_item = found.get(row.pk)


def _insert_first_items(ctx: Context, rows: Sequence[Any]) -> None:
    items = []
    for row in rows:
        item: Any = ITEM.build(
            ctx,
            {**row.__dict__.pop("pending", {}), "currency": row.currency, "subscription": row.pk, "external_id": row.external_id},
        )
        item.id = row.pk
        items.append(item)
        row.first_item = item
    insert_records(ctx, ITEM, items)


def _update_first_items(ctx: Context, rows: Sequence[Any]) -> None:
    load_first_items(rows)
    changes = []
    for row in rows:
        pending: dict[str, Any] = row.__dict__.pop("pending", {})
        if row.first_item is not None:
            changes.append(Change(row.first_item, {**pending, "currency": row.currency, "external_id": row.external_id}))
    update_records(ctx, ITEM, changes)


SUBSCRIPTION = SubscriptionRecord()
