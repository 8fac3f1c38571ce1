"""What people decide on the pages of an import, as plans of its files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from tenure.workspace.actions.save_import import SavedFrom
from tenure.workspace.enums import CustomKind, ImportSource
from tenure.workspace.imports.adding import profiled_columns
from tenure.workspace.imports.errors import AnswerUnknown, PlanInvalid
from tenure.workspace.imports.new_fields import completed, proposed_field
from tenure.workspace.imports.plan import Answer, ColumnPlan, Duplicates, EmptyCells, FilePlan, NewField
from tenure.workspace.tabular.decisions import DateOrder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenure.workspace.models import ImportFile, ImportRun, SavedImport
    from tenure.workspace.tabular.decisions import ColumnProfile

_UNKNOWN = {"unknown_value", "unknown_reference"}
# What the form of the columns sends where a column becomes a field that is not there yet.
NEW_FIELD = "+"


def plan_of_columns(one: ImportFile, sent: Mapping[str, str]) -> FilePlan:
    """The plan that the form of the columns says; what it does not ask stays."""
    plan = FilePlan.from_dict(one.plan)
    columns: dict[str, ColumnPlan] = {}
    for column in profiled_columns(one):
        field = sent.get(f"field-{column.index}", "")
        if not field:
            continue
        before = plan.columns.get(column.name, ColumnPlan(field))
        new = _new_field(column, sent) if field == NEW_FIELD else None
        mapped = replace(before, field=new.name if new else field, new_field=new)
        order = sent.get(f"order-{column.index}", "")
        columns[column.name] = replace(mapped, date_order=_one_of(DateOrder, order)) if order else mapped
    return replace(
        plan,
        columns=columns,
        match_by=sent.get("match_by", plan.match_by),
        duplicates=_one_of(Duplicates, sent.get("duplicates", plan.duplicates)),
        empty_cells=_one_of(EmptyCells, sent.get("empty_cells", plan.empty_cells)),
    )


def _new_field(column: ColumnProfile, sent: Mapping[str, str]) -> NewField:
    """The field as it is proposed, with the name and the kind that were said."""
    proposed = proposed_field(column)
    label = sent.get(f"label-{column.index}", "").strip()[:80] or proposed.label
    kind = _one_of(CustomKind, sent.get(f"kind-{column.index}") or proposed.kind).value
    return replace(proposed, label=label) if kind == proposed.kind else completed(NewField(label, kind), column)


class SavedImportForm(forms.Form):
    """Where a saved import takes its files from, and how often it looks there."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    source = forms.ChoiceField(label=gettext_lazy("Files come"), choices=ImportSource.choices)
    place = forms.CharField(
        label=gettext_lazy("From"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("The name of a folder below the folder for imports, or an address that begins with https://."),
    )
    every_minutes = forms.IntegerField(
        label=gettext_lazy("Looked at every, minutes"),
        required=False,
        min_value=1,
        max_value=525_600,
        help_text=gettext_lazy("Empty: only when somebody runs it."),
    )

    @staticmethod
    def values_of(saved: SavedImport) -> dict[str, Any]:
        """What the form shows at first."""
        return {"name": saved.name, "source": saved.source, "place": saved.source_place, "every_minutes": saved.every_minutes}

    @property
    def where(self) -> SavedFrom:
        """Where the files come from."""
        said = self.cleaned_data
        return SavedFrom(said["source"], said["place"].strip(), said["every_minutes"])


def plan_of_saved(saved: SavedImport, sent: Mapping[str, str]) -> FilePlan:
    """The plan that the form of a saved import says; what it does not ask stays."""
    plan = FilePlan.from_dict(saved.plan)
    columns: dict[str, ColumnPlan] = {}
    for index, name in enumerate(saved.header or sorted(plan.columns)):
        if field := sent.get(f"field-{index}", ""):
            before = plan.columns.get(name, ColumnPlan(field))
            columns[name] = before if before.field == field else replace(before, field=field, new_field=None)
    return replace(
        plan,
        columns=columns,
        match_by=sent.get("match_by") if "match_by" in sent else plan.match_by,
        duplicates=_one_of(Duplicates, sent.get("duplicates", plan.duplicates)),
        empty_cells=_one_of(EmptyCells, sent.get("empty_cells", plan.empty_cells)),
    )


def plan_of_answer(run: ImportRun, files: Mapping[str, ImportFile], answer: str) -> tuple[ImportFile, FilePlan]:
    """The file and its plan after one choice of the preview: `file:problem:answer`, `file:duplicates:which`, `file:order:column:order`."""
    file_id, about, *rest = [*answer.split(":"), "", ""]
    one = files.get(file_id)
    if one is None or not rest[0]:
        raise AnswerUnknown(answer=answer)
    plan = FilePlan.from_dict(one.plan)
    if about == "duplicates":
        return one, replace(plan, duplicates=_one_of(Duplicates, rest[0]))
    if about == "order":
        header = one.profile["header"]
        if not rest[0].isdigit() or int(rest[0]) >= len(header):
            raise AnswerUnknown(answer=answer)
        name = header[int(rest[0])]
        return one, _with_column(plan, name, date_order=_one_of(DateOrder, rest[1]))
    problem = _problem(run, file_id, about)
    name = problem["column"]
    if rest[0] == "correct":
        meant = {near["value"]: near["meant"] for near in problem["corrections"]}
        return one, _with_column(plan, name, corrections={**plan.columns[name].corrections, **meant})
    chosen = _one_of(Answer, rest[0])
    return one, _with_column(plan, name, **{"unknown" if problem["code"] in _UNKNOWN else "unreadable": chosen})


def _problem(run: ImportRun, file_id: str, place: str) -> dict[str, Any]:
    for looked in (run.preview or {}).get("files", ()):
        if looked["file"] == file_id and place.isdigit() and int(place) < len(looked["problems"]):
            problem: dict[str, Any] = looked["problems"][int(place)]
            return problem
    raise AnswerUnknown(answer=place)


def _with_column(plan: FilePlan, name: str, **decided: Any) -> FilePlan:  # noqa: ANN401 - a column's own decisions
    return replace(plan, columns={**plan.columns, name: replace(plan.columns[name], **decided)})


def _one_of(kind: Any, value: str) -> Any:  # noqa: ANN401 - a member of the enumeration
    try:
        return kind(value)
    except ValueError as error:
        raise PlanInvalid(reason=str(error)) from error
