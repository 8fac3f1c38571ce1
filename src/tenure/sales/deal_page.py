"""How a deal's page tells it: the pipeline with where it stands, its figures, and the stages it went through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tenure.kernel.money import Money
from tenure.sales.enums import Outcome
from tenure.sales.models import OpportunityStep
from tenure.workspace import formats
from tenure.workspace.models import Member

if TYPE_CHECKING:
    from datetime import datetime

    from tenure.sales.models import Opportunity, PipelineStage
    from tenure.workspace.context import Context


def deal_path(deal: Opportunity, stages: Sequence[PipelineStage]) -> list[dict[str, Any]]:
    """The open stages and won, with where the deal stands; a lost one ends in lost."""
    shown = [stage for stage in stages if stage.meaning != Outcome.LOST or stage.pk == deal.stage_id]
    items = []
    for stage in shown:
        if stage.pk == deal.stage_id:
            state = "lost" if stage.meaning == Outcome.LOST else "here"
        elif deal.outcome == Outcome.LOST:
            state = "ahead"
        else:
            state = "past" if stage.position < deal.stage.position else "ahead"
        items.append({"label": stage.name, "note": "", "state": state})
    return items


def deal_figures(ctx: Context, deal: Opportunity) -> list[dict[str, str]]:
    """Amount, end, days under way."""
    amount = None if deal.amount_minor is None else Money(deal.amount_minor, deal.currency or ctx.workspace.currency)
    until = deal.closed_at or ctx.now()
    days = (_local(ctx, until) - _local(ctx, deal.engaged_at)).days if deal.engaged_at else None
    end = (
        {"label": _("Expected close"), "value": formats.day(deal.expected_close_on) if deal.expected_close_on else formats.DASH}
        if deal.closed_at is None
        else {"label": _("Closed"), "value": formats.day(_local(ctx, deal.closed_at))}
    )
    return [
        {"label": _("Amount"), "value": formats.money(amount, ctx)},
        end,
        {"label": _("Days under way") if deal.is_open else _("Days to close"), "value": formats.number(days, ctx)},
        {"label": _("Sold by"), "value": deal.seller or formats.DASH, "note": deal.agent.team if deal.agent else ""},
    ]


def deal_steps(ctx: Context, deal: Opportunity) -> list[dict[str, Any]]:
    """The stages it went through, the latest first, with who said so."""
    steps = list(OpportunityStep.objects.filter(opportunity=deal).select_related("stage").order_by("-entered_at", "-recorded_at"))
    members = dict(Member.objects.filter(pk__in={step.by_id for step in steps if step.by_id}).values_list("pk", "name"))
    tones = {Outcome.WON: "leaf", Outcome.LOST: "rose"}
    return [
        {
            "stage": step.stage.name,
            "at": _local(ctx, step.entered_at),
            "by": members.get(step.by_id, ""),
            "tone": tones.get(Outcome(step.outcome), "sky"),
        }
        for step in steps
    ]


def _local(ctx: Context, at: datetime) -> Any:  # noqa: ANN401 - a date
    return at.astimezone(ctx.workspace.tz).date()
