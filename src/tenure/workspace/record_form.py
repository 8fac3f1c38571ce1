"""A form over a record type's fields, so that every record is edited alike; custom fields come with `fields_for`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tenure.kernel.errors import DomainError, Invalid
from tenure.kernel.money import Money
from tenure.workspace.models import Member
from tenure.workspace.records import FieldKind, RecordField, RecordType

if TYPE_CHECKING:
    from collections.abc import Collection

    from tenure.workspace.context import Context


class TagsField(forms.CharField):
    """Words separated by commas."""

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        """The words joined."""
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        """The words apart, each once."""
        return sorted({word.strip() for word in super().clean(value).split(",") if word.strip()})


class MoneyField(forms.DecimalField):
    """An amount in major units; `currency` names the field that says of which currency, "" the workspace's."""

    currency = ""


class RecordForm(forms.Form):
    """A form of a record's fields. Amounts are shown in major units and cleaned to minor ones."""

    workspace_currency = ""

    def show_in_major_units(self, field: RecordField) -> None:
        """Have an amount's initial value read as people write it."""
        built = self.fields[field.name]
        assert isinstance(built, MoneyField)
        built.currency = field.currency
        minor = self.initial.get(field.name)
        if minor is not None:
            self.initial[field.name] = Money(minor, self.initial.get(field.currency) or self.workspace_currency).to_decimal()

    def clean(self) -> dict[str, Any]:
        """Amounts as minor units of their currency; one with more decimals than the currency is refused."""
        cleaned = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            amount = cleaned.get(name)
            if isinstance(field, MoneyField) and amount is not None:
                currency = str(cleaned.get(field.currency) or self.workspace_currency).upper()
                try:
                    cleaned[name] = Money.of(amount, currency).minor
                except Invalid:
                    self.add_error(name, _("This has more decimals than %(currency)s.") % {"currency": currency})
        return cleaned


def record_form(
    ctx: Context,
    record: RecordType,
    data: Any = None,  # noqa: ANN401
    *,
    row: Any = None,  # noqa: ANN401
    names: Collection[str] | None = None,
) -> forms.Form:
    """A form of the record's fields (or only `names`), filled from `row` where one is given."""
    fields = [field for field in record.fields_for(ctx) if names is None or field.name in names]
    initial = record.read_values(ctx, [row], [field.name for field in fields])[0] if row is not None else {}
    form = RecordForm(data, initial=initial)
    form.workspace_currency = ctx.workspace.currency
    for field in fields:
        form.fields[field.name] = form_field(ctx, field)
    for field in fields:
        if field.kind is FieldKind.MONEY:
            form.show_in_major_units(field)
        elif field.kind is FieldKind.DECIMAL and isinstance(value := form.initial.get(field.name), Decimal):
            form.initial[field.name] = f"{value.normalize():f}"
    return form


def form_values(form: forms.Form) -> dict[str, Any]:
    """What a valid form says, ready for an action: references as ids."""
    values = dict(form.cleaned_data)
    for name, field in form.fields.items():
        if isinstance(field, forms.TypedChoiceField) and values[name] == "":
            values[name] = None if field.empty_value is None else ""
    return values


def add_error(form: forms.Form, error: DomainError, sentence: str) -> None:
    """Show a refusal at the field it is about, or above the form."""
    problems = error.errors if isinstance(error, Invalid) else ()
    for problem in problems:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    if not problems:
        field = {"name_missing": "name", "external_id_taken": "external_id", "account_loop": "parent"}.get(error.code)
        form.add_error(field if field in form.fields else None, sentence)


def form_field(ctx: Context, field: RecordField) -> forms.Field:
    """The form field for one record field."""
    common: dict[str, Any] = {"label": field.label, "required": field.is_required, "help_text": field.help}
    if field.kind is FieldKind.MEMBER:
        members = [(str(member.pk), member.name) for member in Member.objects.filter(state="active").order_by("name")]
        return _choice(common, members, is_id=True)
    if field.choices is not None:
        return _choice(
            common, [(choice.value, choice.label) for choice in field.choices(ctx)], is_id=field.kind is FieldKind.REFERENCE
        )
    if field.kind is FieldKind.REFERENCE:
        return forms.UUIDField(**common, widget=_reference_widget(ctx, field))
    if field.kind is FieldKind.CHOICES:
        return TagsField(**common)
    if field.kind is FieldKind.LONG_TEXT:
        return forms.CharField(
            **common, max_length=field.max_length, widget=forms.Textarea(attrs={"rows": 4, "class": "control"})
        )
    return _plain(field, common)


_WIDGETS: dict[FieldKind, tuple[type[forms.Field], str]] = {
    FieldKind.INTEGER: (forms.IntegerField, "number"),
    FieldKind.DECIMAL: (forms.DecimalField, "number"),
    FieldKind.MONEY: (MoneyField, "number"),
    FieldKind.DATE: (forms.DateField, "date"),
    FieldKind.INSTANT: (forms.DateTimeField, "datetime-local"),
    FieldKind.EMAIL: (forms.EmailField, "email"),
}


_ISO = {FieldKind.DATE: "%Y-%m-%d", FieldKind.INSTANT: "%Y-%m-%dT%H:%M"}


def _plain(field: RecordField, common: dict[str, Any]) -> forms.Field:
    if field.kind is FieldKind.BOOLEAN:
        return forms.BooleanField(**(common | {"required": False}))
    kind, input_type = _WIDGETS.get(field.kind, (forms.CharField, "text"))
    built = kind(**common)
    built.widget.input_type = input_type
    built.widget.attrs["class"] = "control"
    if field.kind in _ISO:
        # What the browser's own date fields read, whatever the reader's language.
        built.widget.format = _ISO[field.kind]
    if isinstance(built, forms.DecimalField):
        built.widget.attrs["step"] = "any"
    if isinstance(built, forms.CharField):
        built.max_length = field.max_length
        built.widget.attrs["maxlength"] = field.max_length
    return built


def _choice(common: dict[str, Any], choices: list[tuple[str, Any]], *, is_id: bool) -> forms.Field:
    offered = choices if common["required"] else [("", _("None")), *choices]
    return forms.TypedChoiceField(
        **common,
        choices=offered,
        coerce=UUID if is_id else str,
        empty_value=None if is_id else "",
        widget=forms.Select(attrs={"class": "control", "data-combobox": True}),
    )


def _reference_widget(ctx: Context, field: RecordField) -> forms.Widget:
    from django.urls import reverse  # noqa: PLC0415

    source = reverse("workspace:references", args=[ctx.workspace.slug, field.references])
    return ReferenceSelect(field.references, attrs={"class": "control", "data-combobox": True, "data-src": source})


class ReferenceSelect(forms.Select):
    """A select that holds only the record chosen; the rest is searched as one types."""

    def __init__(self, record: str, attrs: dict[str, Any]) -> None:
        super().__init__(attrs)
        self.record = record

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """The chosen record, by name, and the empty choice."""
        from tenure.workspace.records import record_types  # noqa: PLC0415

        chosen = [key for key in value if key]
        rows = record_types[self.record].model.objects.filter(pk__in=chosen) if chosen else []
        self.choices = [("", "—"), *((str(row.pk), str(row)) for row in rows)]
        return super().optgroups(name, value, attrs)
