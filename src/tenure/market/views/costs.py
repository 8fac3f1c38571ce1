"""Pages of costs: of channels by day, and of everything else that wins customers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure.market.actions.create_channel_cost import create_channel_cost
from tenure.market.actions.create_other_cost import create_other_cost
from tenure.market.actions.delete_channel_costs import delete_channel_costs
from tenure.market.actions.delete_other_costs import delete_other_costs
from tenure.market.actions.update_channel_cost import update_channel_cost
from tenure.market.actions.update_other_cost import update_other_cost
from tenure.market.lists import CHANNEL_COSTS, OTHER_COSTS
from tenure.market.queries.records import get_record
from tenure.market.records import CHANNEL_COST, OTHER_COST
from tenure.workspace.list_page import Surroundings, list_page
from tenure.workspace.pages import page
from tenure.workspace.record_pages import RecordPlaces, edit_record_page, new_record_page, record_removal

if TYPE_CHECKING:
    from tenure.workspace.pages import Request

AROUND_CHANNEL_COSTS = Surroundings(
    record="channel_cost",
    row_url="market:channel_cost",
    new_url="market:channel_cost_new",
    import_record="channel_cost",
    empty_title=gettext_lazy("No costs yet"),
    empty_text=gettext_lazy(
        "What each channel cost a day, and how often it was seen. Import the export of your advertising accounts as it is."
    ),
)
AROUND_OTHER_COSTS = Surroundings(
    record="other_cost",
    row_url="market:other_cost",
    new_url="market:other_cost_new",
    import_record="other_cost",
    empty_title=gettext_lazy("No other costs yet"),
    empty_text=gettext_lazy(
        "Salaries, tools, agencies: what winning customers costs besides the channels. With them the acquisition cost is whole."
    ),
)
CHANNEL_COST_PLACES = RecordPlaces(CHANNEL_COST, "market:channel_costs", removal_url="market:channel_cost_removals")
OTHER_COST_PLACES = RecordPlaces(OTHER_COST, "market:other_costs", removal_url="market:other_cost_removals")


@page("market.view")
@require_GET
def channel_costs(request: Request) -> HttpResponse:
    """What channels cost, day by day."""
    return list_page(request, CHANNEL_COSTS, AROUND_CHANNEL_COSTS)


@page("market.create_channel_cost")
def channel_cost_new(request: Request) -> HttpResponse:
    """The form of a channel's day."""
    initial = {"on": request.ctx.today(), "currency": request.ctx.workspace.currency, "channel": request.GET.get("channel", "")}
    return new_record_page(request, CHANNEL_COST_PLACES, create_channel_cost, initial=initial)


@page("market.update_channel_cost")
def channel_cost(request: Request, channel_cost_id: UUID) -> HttpResponse:
    """The form of a channel's day that is there."""
    return edit_record_page(
        request,
        CHANNEL_COST_PLACES,
        get_record(request.ctx, CHANNEL_COST, channel_cost_id, related=("channel",)),
        update_channel_cost,
    )


@page("market.delete_channel_costs")
@require_POST
def channel_cost_removals(request: Request, channel_cost_id: UUID) -> HttpResponse:
    """Delete a channel's day."""
    return record_removal(
        request,
        CHANNEL_COST_PLACES,
        get_record(request.ctx, CHANNEL_COST, channel_cost_id, related=("channel",)),
        delete_channel_costs,
    )


@page("market.view")
@require_GET
def other_costs(request: Request) -> HttpResponse:
    """What winning customers costs besides the channels."""
    return list_page(request, OTHER_COSTS, AROUND_OTHER_COSTS)


@page("market.create_other_cost")
def other_cost_new(request: Request) -> HttpResponse:
    """The form of another cost."""
    initial = {"on": request.ctx.today(), "currency": request.ctx.workspace.currency}
    return new_record_page(request, OTHER_COST_PLACES, create_other_cost, initial=initial)


@page("market.update_other_cost")
def other_cost(request: Request, other_cost_id: UUID) -> HttpResponse:
    """The form of another cost that is there."""
    return edit_record_page(request, OTHER_COST_PLACES, get_record(request.ctx, OTHER_COST, other_cost_id), update_other_cost)


@page("market.delete_other_costs")
@require_POST
def other_cost_removals(request: Request, other_cost_id: UUID) -> HttpResponse:
    """Delete another cost."""
    return record_removal(request, OTHER_COST_PLACES, get_record(request.ctx, OTHER_COST, other_cost_id), delete_other_costs)
