"""Numbers over the API: the same reports as the pages, by the same parameters."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router

from tenure.insights.bow_tie_schemas import BowTieOut, bow_tie_out
from tenure.insights.reports.bow_tie import bow_tie
from tenure.insights.reports.channels import channels
from tenure.insights.reports.pipeline import pipeline
from tenure.insights.reports.restatements import restatements
from tenure.insights.reports.retention import retention
from tenure.insights.reports.revenue import revenue
from tenure.insights.restatement_schemas import RestatementsOut, restatements_out
from tenure.insights.schemas import (
    ChannelsOut,
    PipelineOut,
    RetentionOut,
    RevenueOut,
    channels_out,
    pipeline_out,
    retention_out,
    revenue_out,
)
from tenure.workspace.endpoints import ApiRequest, endpoint

router = Router(tags=["Metrics"])

Period = Annotated[str, Query(max_length=40, description="3m, 6m, 12m, 24m, all, or 2026-01-01..2026-06-30.")]
Filter = Annotated[str, Query(max_length=200, description="An id (of a persona, its name); `-` for none.")]


def _asked(**parameters: str) -> dict[str, str]:
    return {name: value for name, value in parameters.items() if value}


@router.get("/metrics/bow-tie", response=BowTieOut, operation_id="get_bow_tie", summary="Get the bow-tie")
@endpoint("insights.view")
def metrics_bow_tie(
    request: ApiRequest, period: Period = "", channel: Filter = "", persona: Filter = "", segment: Filter = "", owner: Filter = ""
) -> BowTieOut:
    """Volume, conversion, time and money of a cohort at every stage, and where it leaks."""
    asked = _asked(period=period, channel=channel, persona=persona, segment=segment, owner=owner)
    return bow_tie_out(request.ctx, bow_tie(request.ctx, asked))


@router.get("/metrics/revenue", response=RevenueOut, operation_id="get_revenue", summary="Get revenue by month")
@endpoint("insights.view")
def metrics_revenue(
    request: ApiRequest, period: Period = "", channel: Filter = "", segment: Filter = "", owner: Filter = ""
) -> RevenueOut:
    """MRR month by month, what moved it, who left, and what a customer is worth."""
    request.ctx.require("billing.view")
    asked = _asked(period=period, channel=channel, segment=segment, owner=owner)
    return revenue_out(request.ctx, revenue(request.ctx, asked))


@router.get(
    "/metrics/restatements", response=RestatementsOut, operation_id="get_restatements", summary="Get what was reported when"
)
@endpoint("insights.view")
def metrics_restatements(
    request: ApiRequest,
    period: Period = "",
    month: Annotated[str, Query(max_length=7, description="One month alone, as 2026-03, with all movements behind it.")] = "",
) -> RestatementsOut:
    """Closed months as they were reported, as they are known now, and the movements that make the difference."""
    request.ctx.require("billing.view")
    return restatements_out(request.ctx, restatements(request.ctx, _asked(period=period, month=month)))


@router.get("/metrics/retention", response=RetentionOut, operation_id="get_retention", summary="Get retention by cohort")
@endpoint("insights.view")
def metrics_retention(
    request: ApiRequest, period: Period = "", channel: Filter = "", segment: Filter = "", owner: Filter = ""
) -> RetentionOut:
    """Customers by the month they first paid, followed month by month."""
    request.ctx.require("billing.view")
    asked = _asked(period=period, channel=channel, segment=segment, owner=owner)
    return retention_out(request.ctx, retention(request.ctx, asked))


@router.get(
    "/metrics/channels", response=ChannelsOut, operation_id="get_channel_metrics", summary="Get what channels cost and bring"
)
@endpoint("insights.view")
def metrics_channels(request: ApiRequest, period: Period = "") -> ChannelsOut:
    """Cost per lead, lead to won, CAC, payback and churn of each channel."""
    request.ctx.require("market.view")
    return channels_out(request.ctx, channels(request.ctx, _asked(period=period)))


@router.get("/metrics/pipeline", response=PipelineOut, operation_id="get_pipeline", summary="Get win rate and cycle")
@endpoint("insights.view")
def metrics_pipeline(
    request: ApiRequest,
    period: Period = "",
    by: Annotated[str, Query(max_length=40, description="seller, team, manager, product, ...")] = "",
) -> PipelineOut:
    """Win rate with both denominators, cycle and amounts, told apart by seller, team, product and more."""
    request.ctx.require("sales.view")
    return pipeline_out(request.ctx, pipeline(request.ctx, _asked(period=period, by=by)))
