"""Laying out the pipeline a company begins with: four open stages, won and lost; it renames, adds and removes them as it sells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import pgettext, pgettext_lazy

from tenure.directory.domain.keys import name_key
from tenure.kernel.collation import sort_key
from tenure.sales.enums import Outcome
from tenure.sales.models import PipelineStage
from tenure.workspace.rows import insert_rows

if TYPE_CHECKING:
    from tenure.workspace.context import Context

FIRST_STAGES = (
    ("Prospecting", Outcome.OPEN),
    ("Engaging", Outcome.OPEN),
    ("Proposal", Outcome.OPEN),
    ("Negotiation", Outcome.OPEN),
    ("Won", Outcome.WON),
    ("Lost", Outcome.LOST),
)
# Written out so that they are found by those who translate.
_NAMES = (
    pgettext_lazy("pipeline", "Prospecting"), pgettext_lazy("pipeline", "Engaging"), pgettext_lazy("pipeline", "Proposal"),
    pgettext_lazy("pipeline", "Negotiation"), pgettext_lazy("pipeline", "Won"), pgettext_lazy("pipeline", "Lost"),
)  # fmt: skip


def lay_out_pipeline(ctx: Context) -> list[PipelineStage]:
    """The workspace's stages in their order; the first ones, in the workspace's language, where there are none yet."""
    stages = list(PipelineStage.objects.order_by("position", "id"))
    if stages:
        return stages
    now = ctx.now()
    with translation.override(ctx.workspace.language):
        names = [(pgettext("pipeline", name), meaning) for name, meaning in FIRST_STAGES]
    stages = [
        PipelineStage(
            workspace_id=ctx.workspace.pk,
            name=name,
            name_key=name_key(name),
            name_sort=sort_key(name),
            meaning=meaning,
            position=position,
            created_at=now,
            updated_at=now,
        )
        for position, (name, meaning) in enumerate(names, 1)
    ]
    insert_rows(PipelineStage, stages)
    return stages
