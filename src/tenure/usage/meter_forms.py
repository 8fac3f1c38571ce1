"""Forms of meters, features and quotas."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenure.usage.actions.set_quota import HIGHEST_THRESHOLD
from tenure.usage.domain.definition_texts import filter_json, read_definition
from tenure.usage.domain.definitions import MeterDefinition
from tenure.usage.domain.numbers import shown
from tenure.usage.enums import Aggregation, QuotaPeriod, UnitRounding, WindowSize
from tenure.usage.models import Meter
from tenure.usage.questions import condition_text, read_condition
from tenure.workspace.record_form import ReferenceSelect

if TYPE_CHECKING:
    from tenure.workspace.context import Context

BUCKETS = [("", _("None")), *((size.value, size.label) for size in WindowSize if size is not WindowSize.WHOLE)]


class LinesField(forms.CharField):
    """Several texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value: Any) -> list[str]:  # noqa: ANN401 - what a form was sent
        """The lines that say something."""
        text = super().clean(value)
        return [line.strip() for line in str(text).splitlines() if line.strip()]


class DefinitionForm(forms.Form):
    """What a meter counts."""

    aggregation = forms.ChoiceField(label=_("How it counts"), choices=Aggregation.choices, initial=Aggregation.COUNT)
    events = LinesField(
        label=pgettext_lazy("usage", "Events"),
        required=False,
        help_text=_("Names as your program sends them, one a line. None means every event."),
    )
    value = forms.CharField(
        label=_("Property"),
        required=False,
        max_length=200,
        help_text=_("What is added up or told apart, such as bytes; $user tells users apart."),
    )
    filters = LinesField(
        label=_("Only events with"),
        required=False,
        help_text=_("One a line: property:operator:value, such as plan:eq:pro or bytes:gt:100."),
    )
    group_by = LinesField(
        label=_("Group keys"), required=False, help_text=_("Properties that bills and pages group by, one a line.")
    )
    operation = forms.CharField(
        label=_("Property that says add or remove"),
        required=False,
        max_length=200,
        help_text=_("For different values that come and go."),
    )
    bucket = forms.ChoiceField(
        label=_("Bucket"), required=False, choices=BUCKETS, help_text=_("Each bucket's value is taken and priced alone.")
    )
    carries_over = forms.BooleanField(label=_("The level goes on from before the period"), required=False)
    zone = forms.CharField(
        label=_("Time zone of its days"), required=False, max_length=60, help_text=_("Empty for the workspace's.")
    )
    divide_by = forms.DecimalField(
        label=_("Divide by"), required=False, min_value=Decimal("1e-12"), help_text=_("To get from bytes to gigabytes, say.")
    )
    round = forms.ChoiceField(label=_("Round"), required=False, choices=UnitRounding.choices)

    def definition(self) -> MeterDefinition:
        """The definition that the form describes. Raises DefinitionInvalid, FilterMalformed."""
        given = self.cleaned_data
        unit = None
        if given["divide_by"] is not None or given["round"] not in ("", UnitRounding.NONE):
            unit = {"divide_by": shown(given["divide_by"] or Decimal(1)), "round": given["round"]}
        filters = [filter_json(read_condition(line)) for line in given["filters"]]
        names = ("aggregation", "events", "value", "operation", "group_by", "bucket", "carries_over", "zone")
        return read_definition({**{name: given[name] for name in names}, "filters": filters, "unit": unit})


class NewMeterForm(DefinitionForm):
    """A meter with what it counts."""

    name = forms.CharField(label=_("Name"), max_length=120)
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False, help_text=_("What one of it is called, such as GB."))
    key = forms.CharField(
        label=_("Key"), max_length=60, required=False, help_text=_("What other systems call it. Empty, it is made of the name.")
    )
    field_order = ("name", "unit", "key")


class MeterVersionForm(DefinitionForm):
    """What a meter counts from a day on, or over everything."""

    effective_on = forms.DateField(
        label=_("Counts so from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty, over everything, also old events."),
    )
    note = forms.CharField(label=_("What changed"), max_length=500, required=False)

    def effective_at(self, ctx: Context) -> datetime | None:
        """The midnight of that day in the workspace's zone."""
        day = self.cleaned_data["effective_on"]
        return datetime.combine(day, time(), ctx.workspace.tz) if day else None


class FeatureForm(forms.Form):
    """A feature: its name, its events, its marks."""

    name = forms.CharField(label=_("Name"), max_length=120)
    events = LinesField(
        label=pgettext_lazy("usage", "Events"), help_text=_("The feature is used when one of these comes. One a line.")
    )
    is_core = forms.BooleanField(label=_("Core: what the product is bought for"), required=False)
    is_paid = forms.BooleanField(label=_("Paid: what costs extra"), required=False)


class QuotaForm(forms.Form):
    """How much of a meter an account may use."""

    meter = forms.TypedChoiceField(label=_("Meter"), coerce=UUID)
    account = forms.UUIDField(
        label=_("Account"), required=False, help_text=_("Empty, for every account that has none of its own.")
    )
    amount = forms.DecimalField(label=_("Amount"), min_value=Decimal("1e-12"), max_digits=38, decimal_places=12)
    period = forms.ChoiceField(label=_("Period"), choices=QuotaPeriod.choices, initial=QuotaPeriod.MONTH)
    thresholds = forms.CharField(
        label=_("Thresholds"), required=False, initial="80, 100", help_text=_("Per cent at which the account's owner is told.")
    )

    def __init__(self, ctx: Context, meters: list[Meter], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, **kwargs)
        source = reverse("workspace:references", args=[ctx.workspace.slug, "account"])
        attributes = {"class": "control", "data-combobox": True, "data-src": source}
        self.fields["account"].widget = ReferenceSelect("account", attrs=attributes)
        self.fields["meter"].choices = [(str(meter.pk), meter.name) for meter in meters]  # type: ignore[attr-defined]

    def clean_thresholds(self) -> list[int]:
        """Whole per cent with commas between them."""
        parts = [part.strip().rstrip("%").strip() for part in self.cleaned_data["thresholds"].split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() and int(part[:6]) <= HIGHEST_THRESHOLD for part in parts):
            raise forms.ValidationError(_("Write whole per cent with commas between them."))
        return [int(part) for part in parts]


def initial_of(definition: MeterDefinition) -> dict[str, Any]:
    """A definition as a form begins with it."""
    unit = definition.unit
    return {
        "aggregation": definition.aggregation,
        "events": "\n".join(definition.events),
        "value": definition.value,
        "operation": definition.operation,
        "filters": "\n".join(condition_text(each) for each in definition.filters),
        "group_by": "\n".join(definition.group_by),
        "bucket": definition.bucket or "",
        "carries_over": definition.carries_over,
        "zone": definition.zone,
        "divide_by": shown(unit.divide_by) if unit else None,
        "round": unit.rounding if unit else UnitRounding.NONE,
    }
