"""The list of one item's values: the facts behind every revenue number. It has no page of its own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenure.billing.models import ItemFact
from tenure.workspace.lists import Column, ColumnKind, ListSpec

ITEM_VALUES = ListSpec(
    name="item_values",
    label=_("Item values"),
    model=ItemFact,
    permission="billing.view",
    default_sort="from",
    columns=(
        Column("item", _("Item"), ColumnKind.REFERENCE, path="item_id", show="item_id"),
        Column("from", _("Valid from"), ColumnKind.INSTANT, path="valid_from", sort="valid_from", show="valid_from"),
        Column("recorded", _("Recorded"), ColumnKind.INSTANT, path="recorded_at", show="recorded_at"),
        Column("state", _("State"), ColumnKind.CHOICE, path="state", show="get_state_display"),
    ),
)
