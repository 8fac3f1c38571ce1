from __future__ import annotations

from datetime import date

import pytest

from tenure.market.actions.create_channel import create_channel
from tenure.market.actions.create_channel_cost import create_channel_cost
from tenure.market.actions.create_lead import create_lead
from tenure.market.actions.create_other_cost import create_other_cost
from tenure.market.actions.delete_channel_costs import delete_channel_costs
from tenure.market.actions.delete_channels import delete_channels
from tenure.market.actions.delete_other_costs import delete_other_costs
from tenure.market.actions.update_channel import update_channel
from tenure.market.actions.update_channel_cost import update_channel_cost
from tenure.market.actions.update_other_cost import update_other_cost
from tenure.market.errors import AmountMissing, DayTaken
from tenure.market.models import Channel, ChannelDay, OtherCost
from tenure.market.queries.costs import ChannelSum, OtherSum, channel_sums, other_sums
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.scope import enter

MONDAY = date(2026, 3, 2)


def test_channel_costs_add_up_by_channel_and_currency(acme):
    ctx = acme.owner.ctx
    fair = create_channel(ctx, {"name": "Fair"})
    create_channel_cost(ctx, {"channel": fair.pk, "on": MONDAY, "cost": 100_00, "exposures": 50})
    create_channel_cost(ctx, {"channel": fair.pk, "on": date(2026, 3, 3), "cost": 20_00, "clicks": 3})
    create_channel_cost(ctx, {"channel": fair.pk, "on": date(2026, 4, 1), "cost": 7_00, "currency": "USD"})

    with enter(ctx.scope):
        march = channel_sums(ctx, start=date(2026, 3, 1), end=date(2026, 4, 1))
        later = channel_sums(ctx, start=date(2026, 4, 1))

    assert march == [ChannelSum(fair.pk, "EUR", 120_00, 50, 3)]
    assert later == [ChannelSum(fair.pk, "USD", 7_00, 0, 0)]


def test_channel_cost_of_a_day_stands_once(acme):
    ctx = acme.owner.ctx
    fair = create_channel(ctx, {"name": "Fair"})
    day = create_channel_cost(ctx, {"channel": fair.pk, "on": MONDAY, "cost": 100_00})

    with pytest.raises(DayTaken):
        create_channel_cost(ctx, {"channel": fair.pk, "on": MONDAY, "cost": 5})

    assert update_channel_cost(ctx, day.pk, {"cost": 90_00}).cost_minor == 90_00


def test_delete_channels_takes_their_costs_along_and_undo_brings_them_back(acme):
    ctx = acme.owner.ctx
    fair = update_channel(ctx, create_channel(ctx, {"name": "Fair"}).pk, {"kind": "event"})
    day = create_channel_cost(ctx, {"channel": fair.pk, "on": MONDAY, "cost": 100_00})

    change_set = delete_channels(ctx, [fair.pk])
    with enter(ctx.scope):
        gone = (Channel.objects.count(), ChannelDay.objects.count())
    undo_change_set(ctx, change_set.pk)
    delete_channel_costs(ctx, [day.pk])

    assert gone == (0, 0)
    with enter(ctx.scope):
        assert (Channel.objects.get().kind, ChannelDay.objects.count()) == ("event", 0)


def test_other_costs_add_up_by_kind(acme):
    ctx = acme.owner.ctx
    first = create_other_cost(ctx, {"on": MONDAY, "kind": "salaries", "amount": 4000_00})
    create_other_cost(ctx, {"on": MONDAY, "kind": "salaries", "amount": 500_00})
    tool = create_other_cost(ctx, {"on": MONDAY, "kind": "tools", "amount": 30_00})

    update_other_cost(ctx, first.pk, {"amount": 4100_00})
    delete_other_costs(ctx, [tool.pk])

    with enter(ctx.scope):
        assert (other_sums(ctx), OtherCost.objects.count()) == ([OtherSum("salaries", "EUR", 4600_00)], 2)


def test_other_cost_without_an_amount_is_refused(acme):
    with pytest.raises(AmountMissing):
        create_other_cost(acme.owner.ctx, {"on": MONDAY})


def test_channel_page_says_what_a_lead_costs(acme):
    ctx = acme.owner.ctx
    channel = create_channel(ctx, {"name": "Fair"})
    create_channel_cost(ctx, {"channel": channel.pk, "on": MONDAY, "cost": 100_00})
    for number in range(8):
        create_lead(ctx, {"name": f"Ana {number}", "channel": channel.pk})

    shown = acme.owner.client.get(f"/{acme.workspace.slug}/channels/{channel.pk}/")

    assert [figure["value"] for figure in shown.context["figures"]][:4] == ["8", "0", "€\xa0100", "€\xa012.50"]


def test_cost_form_writes_major_units_as_minor(acme):
    ctx = acme.owner.ctx
    url = f"/{acme.workspace.slug}/other-costs/new/"

    answer = acme.owner.client.post(url, {"on": "2026-03-02", "kind": "tools", "amount": "12.34", "currency": "EUR"})

    assert answer.status_code == 303
    with enter(ctx.scope):
        assert OtherCost.objects.get().amount_minor == 1234
