"""Columns that fit no field become fields of the workspace's own: proposed by what the column holds, seen in the preview, made at the start.

Undo takes their values back; the fields stay, and can be retired on the page of fields.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tenure.workspace.actions.create_custom_field import create_custom_field
from tenure.workspace.custom_fields.catalog import PREFIX
from tenure.workspace.enums import CustomKind
from tenure.workspace.errors import CustomFieldKeyTaken
from tenure.workspace.imports.errors import FieldsNotTaken
from tenure.workspace.imports.plan import ColumnPlan, FilePlan, NewField
from tenure.workspace.models import CustomField
from tenure.workspace.records.custom import record_field
from tenure.workspace.tabular.decisions import Kind
from tenure.workspace.tabular.words import folded

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models import ImportFile
    from tenure.workspace.records import RecordField, RecordType
    from tenure.workspace.tabular.decisions import ColumnProfile

PERMISSION = "workspace.create_custom_field"
MOST_CHOICES = 12
LONG = 200
# A value that stands for a kind comes back: on average at least so often.
_TIMES_EACH = 3
_KINDS: dict[Kind, CustomKind] = {
    Kind.INTEGER: CustomKind.INTEGER,
    Kind.DECIMAL: CustomKind.DECIMAL,
    Kind.PERCENT: CustomKind.DECIMAL,
    Kind.MONEY: CustomKind.MONEY,
    Kind.BOOLEAN: CustomKind.BOOLEAN,
    Kind.DATE: CustomKind.DATE,
    Kind.INSTANT: CustomKind.INSTANT,
    Kind.EMAIL: CustomKind.EMAIL,
    Kind.URL: CustomKind.LINK,
    Kind.LIST: CustomKind.CHOICES,
}


def may_make_fields(ctx: Context, record: RecordType) -> bool:
    """Whether the caller may give this kind of record fields."""
    return record.slots is not None and ctx.holds(PERMISSION) and ctx.authority.reach(PERMISSION).everything


def fields_under(ctx: Context, record: RecordType, plan: FilePlan) -> list[RecordField]:
    """The record's fields as they will be once the plan's new ones are made."""
    known = record.fields_for(ctx)
    fresh = _fresh(plan, {field.name for field in known})
    return [*known, *(record_field(_unsaved(ctx, record, new)) for new in fresh)]


def proposed_field(column: ColumnProfile) -> NewField:
    """The field that suits a column: its name, and the kind by which all of its cells can be read."""
    label = " ".join(column.name.replace("_", " ").split())[:80] or column.name
    best = column.best
    kind = _KINDS.get(best.kind, CustomKind.TEXT) if not best.misfits else CustomKind.TEXT
    if kind is CustomKind.TEXT and best.kind is Kind.TEXT:
        if values_of(column) and column.filled >= _TIMES_EACH * column.distinct:
            kind = CustomKind.CHOICE
        elif any(len(value) >= LONG for value, _count in column.frequent):
            kind = CustomKind.LONG_TEXT
    return completed(NewField(label[:1].upper() + label[1:], kind.value), column)


def with_new_fields(record: RecordType, plan: FilePlan, columns: Sequence[ColumnProfile]) -> FilePlan:
    """The plan with a new field for every column that goes nowhere and holds something; names that are taken get a number."""
    taken = {*record.by_name, *(one.field.removeprefix(PREFIX) for one in plan.columns.values())}
    made = dict(plan.columns)
    for column in columns:
        if column.name in made or not column.filled:
            continue
        new = _named_apart(proposed_field(column), taken)
        taken.add(new.name.removeprefix(PREFIX))
        made[column.name] = ColumnPlan(new.name, new_field=new)
    return replace(plan, columns=made)


def completed(new: NewField, column: ColumnProfile) -> NewField:
    """The field with the choices and the currency that the column brings, where nobody said others."""
    if new.kind == CustomKind.CHOICE and not new.choices:
        return replace(new, choices=tuple(values_of(column) or [value for value, _count in column.frequent]))
    if new.kind == CustomKind.MONEY and not new.currency:
        money = column.candidate(Kind.MONEY)
        return replace(new, currency=(money.decision.currency if money else None) or "")
    return new


def values_of(column: ColumnProfile) -> list[str]:
    """The few values that a column knows, in the spelling met most often; none where they are many."""
    spellings: dict[str, str] = {}
    for value, _count in column.frequent:
        spellings.setdefault(folded(value), value.strip())
    is_whole = column.distinct_is_exact and column.distinct <= len(column.frequent)
    return [one for one in spellings.values() if one] if is_whole and len(spellings) <= MOST_CHOICES else []


def check_new_fields(ctx: Context, record: RecordType, plan: FilePlan) -> None:
    """Raise PermissionMissing, FieldsNotTaken, CustomFieldKeyTaken (also by a retired field) where a field could not be made."""
    fresh = _fresh(plan, {field.name for field in record.fields_for(ctx)})
    if not fresh:
        return
    ctx.require_everywhere(PERMISSION)
    if record.slots is None:
        raise FieldsNotTaken(record=str(record.label_plural))
    keys = {new.name.removeprefix(PREFIX): new.label for new in fresh}
    taken = set(CustomField.objects.filter(record=record.name, key__in=keys).values_list("key", flat=True))
    for key in sorted(taken | (set(keys) & set(record.by_name))):
        raise CustomFieldKeyTaken(label=keys[key])


def make_fields(ctx: Context, record: RecordType, one: ImportFile) -> list[CustomField]:
    """Make the file's new fields that are not there yet, in the order of its columns."""
    known = {field.name for field in record.fields_for(ctx)}
    return [
        create_custom_field(ctx, record.name, new.label, new.kind, choices=new.choices, currency=new.currency)
        for new in new_fields_of(one)
        if new.name not in known
    ]


def new_fields_of(one: ImportFile) -> list[NewField]:
    """Every field that a file brings, those made meanwhile too, in the order of its columns."""
    columns = FilePlan.from_dict(one.plan).columns
    return [new for name in one.profile["header"] if name in columns and (new := columns[name].new_field)]


def _fresh(plan: FilePlan, known: Collection[str]) -> list[NewField]:
    return [new for column in plan.columns.values() if (new := column.new_field) and new.name not in known]


def _unsaved(ctx: Context, record: RecordType, new: NewField) -> CustomField:
    key = new.name.removeprefix(PREFIX)
    currency = new.currency or ctx.workspace.currency
    return CustomField(record=record.name, key=key, label=new.label, kind=new.kind, choices=list(new.choices), currency=currency)


def _named_apart(new: NewField, taken: Collection[str]) -> NewField:
    apart, number = new, 2
    while apart.name.removeprefix(PREFIX) in taken:
        apart, number = replace(new, label=f"{new.label[:76]} {number}"), number + 1
    return apart
