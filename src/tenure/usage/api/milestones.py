"""Milestones over the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ninja import Router

from tenure.usage.actions.set_milestones import set_milestones
from tenure.usage.queries.milestones import list_rules, suggest_from_store
from tenure.usage.queries.self_serve import find_self_serve
from tenure.usage.schemas.milestones import MilestonesIn, MilestonesOut, milestones_out
from tenure.workspace.endpoints import ApiRequest, endpoint

if TYPE_CHECKING:
    from tenure.workspace.context import Context

router = Router(tags=["Product usage"])


@router.get("/milestones", response=MilestonesOut, operation_id="get_milestones", summary="Get milestones")
@endpoint("usage.set_milestones")
def milestones(request: ApiRequest) -> MilestonesOut:
    """Which events mean sign-up, first use, first value and core use, and how far self-serve customers go."""
    return _answer(request.ctx)


@router.put("/milestones", response=MilestonesOut, operation_id="set_milestones", summary="Set milestones")
@endpoint("usage.set_milestones")
def milestones_put(request: ApiRequest, body: MilestonesIn) -> MilestonesOut:
    """Say what milestones mean. All history is read anew by it, which takes a moment: the stage ledger follows."""
    set_milestones(request.ctx, body.rules())
    return _answer(request.ctx)


def _answer(ctx: Context) -> MilestonesOut:
    ctx.require_everywhere("usage.set_milestones")
    return milestones_out(list_rules(ctx), suggest_from_store(ctx), find_self_serve(ctx))
