"""The record type of the pipeline's stages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from tenure.market.records.named import NamedRecord
from tenure.sales.domain.stage_meanings import meaning_of_name
from tenure.sales.enums import Outcome
from tenure.sales.errors import StageInUse
from tenure.sales.events import PipelineStageChanged, PipelineStageCreated, PipelineStageDeleted, PipelineStageRestored
from tenure.sales.models import Opportunity, PipelineStage, PipelineStageSlots
from tenure.workspace.lists import Choice
from tenure.workspace.records import FieldKind, RecordEvents, RecordField

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models.base import Record


def meaning_choices(_ctx: Context) -> list[Choice]:
    """What a stage may mean."""
    return [Choice(value, label) for value, label in Outcome.choices]


class PipelineStageRecord(NamedRecord):
    """The stages. One that only has a name, as an import brings it along, means what its name says and stands last."""

    name = "pipeline_stage"
    label = _("Pipeline stage")
    label_plural = _("Pipeline stages")
    icon = "route"
    model = PipelineStage
    slots = PipelineStageSlots
    events = RecordEvents(PipelineStageCreated, PipelineStageChanged, PipelineStageDeleted, PipelineStageRestored)
    view_permission = "sales.view"
    create_permission = "sales.create_pipeline_stage"
    change_permission = "sales.update_pipeline_stage"
    delete_permission = "sales.delete_pipeline_stages"
    fields: ClassVar[Sequence[RecordField]] = (
        RecordField(
            "name", _("Name"), is_required=True, is_key=True, synonyms=("stage", "deal stage", "stage name", "etapa", "阶段")
        ),
        RecordField("meaning", _("Meaning"), FieldKind.CHOICE, choices=meaning_choices, help=_("What every number goes by.")),
        RecordField(
            "position", _("Position"), FieldKind.INTEGER, synonyms=("order", "orden", "顺序"), help=_("From left to right.")
        ),
        RecordField("external_id", _("External id"), is_key=True, synonyms=("id", "stage id")),
    )

    def build(self, ctx: Context, values: dict[str, Any]) -> Record:
        """A stage of the meaning given, else of the one its name has."""
        row = super().build(ctx, values)
        if not values.get("meaning"):
            row.meaning = meaning_of_name(str(values.get("name", "")))  # type: ignore[attr-defined]
        return row

    def derive(self, ctx: Context, rows: Sequence[Any]) -> None:
        """Keys of the name; a new stage without a position stands last."""
        super().derive(ctx, rows)
        placeless = [row for row in rows if not row.position]
        if placeless:
            last = PipelineStage.objects.aggregate(last=Max("position"))["last"] or 0
            for position, row in enumerate(placeless, last + 1):
                row.position = position

    def guard(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """Raise StageInUse where a stage with deals in it would come to mean something else."""
        super().guard(ctx, rows, names)
        if names is not None and "meaning" in names:
            _guard_unused(rows)

    def removed(self, ctx: Context, rows: Sequence[Any]) -> None:
        """Raise StageInUse: a stage goes only when no deal stands in it."""
        del ctx
        _guard_unused(rows)


def _guard_unused(rows: Sequence[Any]) -> None:
    used = set(Opportunity.objects.filter(stage_id__in=[row.pk for row in rows]).values_list("stage_id", flat=True).distinct())
    for row in rows:
        if row.pk in used:
            raise StageInUse(name=row.name)


PIPELINE_STAGE = PipelineStageRecord()
