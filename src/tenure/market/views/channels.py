"""Pages of channels: the list, one channel with what it brought and cost, and the forms."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure.kernel.money import Money
from tenure.market.actions.create_channel import create_channel
from tenure.market.actions.delete_channels import delete_channels
from tenure.market.actions.update_channel import update_channel
from tenure.market.lists import CHANNELS
from tenure.market.queries.costs import channel_sums
from tenure.market.queries.funnel import leads_by
from tenure.market.queries.records import get_record
from tenure.market.records import CHANNEL
from tenure.workspace import formats
from tenure.workspace.list_page import Surroundings, list_page
from tenure.workspace.pages import page
from tenure.workspace.record_pages import RecordPlaces, edit_record_page, new_record_page, record_removal

if TYPE_CHECKING:
    from tenure.market.models import Channel
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request

AROUND_CHANNELS = Surroundings(
    record="channel",
    row_url="market:channel",
    new_url="market:channel_new",
    import_record="channel",
    empty_title=gettext_lazy("No channels yet"),
    empty_text=gettext_lazy(
        "Channels are the ways on which prospects come. With what each costs a day, Tenure says what a lead, a win and a euro of ARR cost."
    ),
)
PLACES = RecordPlaces(CHANNEL, "market:channels", row_url="market:channel")


@page("market.view")
@require_GET
def channels(request: Request) -> HttpResponse:
    """The list of channels."""
    return list_page(request, CHANNELS, AROUND_CHANNELS)


@page("market.create_channel")
def channel_new(request: Request) -> HttpResponse:
    """The form of a new channel."""
    return new_record_page(request, PLACES, create_channel)


@page("market.update_channel")
def channel_edit(request: Request, channel_id: UUID) -> HttpResponse:
    """The form of a channel."""
    return edit_record_page(request, PLACES, get_record(request.ctx, CHANNEL, channel_id), update_channel)


@page("market.view")
@require_GET
def channel(request: Request, channel_id: UUID) -> HttpResponse:
    """One channel: what it brought, what it cost."""
    ctx = request.ctx
    row = get_record(ctx, CHANNEL, channel_id)
    context = {
        "channel": row,
        "page_title": row.name,
        "figures": _figures(ctx, row),
        "may_change": ctx.holds("market.update_channel"),
        "may_delete": ctx.holds("market.delete_channels"),
        "may_add_cost": ctx.holds("market.create_channel_cost"),
    }
    return render(request, "market/channel.html", context)


@page("market.delete_channels")
@require_POST
def channel_removals(request: Request, channel_id: UUID) -> HttpResponse:
    """Delete a channel, with its costs."""
    return record_removal(request, PLACES, get_record(request.ctx, CHANNEL, channel_id), delete_channels)


def _figures(ctx: Context, row: Channel) -> list[dict[str, str]]:
    """Leads, wins and costs since the beginning; a cost per lead where all costs are in one currency."""
    group = next(iter(leads_by(ctx, "all", Q(channel_id=row.pk))), None)
    sums = [one for one in channel_sums(ctx) if one.channel_id == row.pk]
    leads, won = (group.leads, group.won) if group else (0, 0)
    costs = [Money(one.cost_minor, one.currency) for one in sums if one.cost_minor]
    per_lead = Money(round(costs[0].minor / leads), costs[0].currency) if len(costs) == 1 and leads else None
    return [
        {"label": _("Leads"), "value": formats.number(leads, ctx)},
        {
            "label": _("Won"),
            "value": formats.number(won, ctx),
            "note": _("%(share)s of leads") % {"share": formats.percent(won / leads if leads else None, ctx)},
        },
        {"label": _("Cost"), "value": " + ".join(formats.money(cost, ctx) for cost in costs) or formats.DASH},
        {"label": _("Cost per lead"), "value": formats.money(per_lead, ctx, cents=True)},
        {"label": _("Exposures"), "value": formats.number(sum(one.exposures for one in sums) or None, ctx)},
    ]
